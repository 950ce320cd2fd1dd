# Packing into buffers and unpacking from parts of them.
from _struct import Struct, calcsize, iter_unpack, pack, pack_into, unpack, unpack_from


def show(value):
    return f"memoryview({bytes(value)})" if isinstance(value, memoryview) and value.contiguous else type(value).__name__


def attempt(function, *arguments, **named):
    shown = [show(argument) if isinstance(argument, memoryview) else argument for argument in arguments]
    try:
        print(function.__name__, shown, named, function(*arguments, **named))
    except Exception as exception:
        print(function.__name__, shown, named, type(exception), exception)


for arguments in [
    (), (1,), ("i",), ("i", 1, 2), ("i", "x"), ("s", b"ab"), ("3s", b"ab"), ("p", b"abc"), ("3p", b"abcd"), ("0s", b"ab"),
    ("0p", b"ab"), ("x",), ("xb", 1), ("b3xh", 1, 2), ("2i", 1, 2), ("i0q", 1), ("1000000000000000i", 1),
]:
    attempt(pack, *arguments)
assert pack("300p", b"a" * 300) == b"\xff" + b"a" * 299
attempt(pack, "i", x=1)
attempt(pack, format="i")

released = memoryview(b"abcd")
released.release()
for arguments in [
    (), ("i",), ("i", b"abcd", 1), ("i", b"abc"), ("i", "abcd"), ("i", memoryview(b"abcd")), ("i", bytearray(b"abcd")),
    ("i", memoryview(b"abcdefgh")[::2]), ("2s1p3p0s", b"ab\x05\x05xy"), ("0p", b""), ("3?", b"\x00\x01\x02"),
    ("xbx2b", b"abcde"), ("", b""), ("cc", b"ab"), ("P", b"\xff" * 8), ("n", b"\xff" * 8), ("N", b"\xff" * 8), ("i", None),
]:
    attempt(unpack, *arguments)
attempt(unpack, "i", buffer=b"abcd")
for code in "bBhHiIlLqQefdFD":
    for order in "@<>":
        attempt(unpack, order + code, bytes(range(0xf1 - calcsize(order + code), 0xf1)))

for arguments in [
    (), ("i",), ("i", b"abcde"), ("i", b"abcde", 1), ("i", b"abcde", 2), ("i", b"abcde", -4), ("i", b"abcde", -3),
    ("i", b"abcde", -6), ("i", b"abcde", 2**70), ("i", b"abcde", 2**63 - 1), ("i", b"abcde", -2**63), ("i", b"abcde", "x"),
    ("i", "x"), ("i", b"abcde", 1, 2), ("i", b"abcd", 1.5),
]:
    attempt(unpack_from, *arguments)
attempt(unpack_from, "i", buffer=b"abcde", offset=1)
attempt(unpack_from, format="i", buffer=b"abcd")
attempt(unpack_from, "i", b"abcd", foo=1)

array = bytearray(b"0123456789")
for arguments in [
    (), ("i",), ("i", array), ("i", array, 0), ("i", array, 0, 1), ("i", array, 1, 1, 2), ("i", array, 7, 1),
    ("i", array, -4, 1), ("i", array, -3, 1), ("i", array, -11, 1), ("i", array, 2**70, 1), ("i", array, -2**70, 1),
    ("i", array, "x", 1), ("i", b"abcd", 0, 1), ("i", "abcd", 0, 1), ("i", memoryview(b"abcd"), 0, 1),
    ("i", memoryview(array), 1, 1), ("h", memoryview(array)[2:6], 2, 9), ("h", memoryview(array)[2:6], 3, 9),
    ("i", memoryview(array)[::2], 0, 1), ("hhh", array, 0, 1, "x", 5), ("i", array, 2**63 - 1, 1), ("2s", array, -2, b"zz"),
    ("", array, 0), ("", array, 10), ("", array, 11), ("", array, -10), ("i", array, 1.5, 1), ("i", 5, 0, 1),
]:
    attempt(pack_into, *arguments)
    print(array)
attempt(pack_into, "i", array, 0, x=1)

for arguments in (), ("i",), ("", b""), ("i", b"abcde"), ("i", "x"), ("h", b"", 1):
    attempt(iter_unpack, *arguments)
print(list(iter_unpack("h", b"abcdef")), list(iter_unpack("h", b"")))
iterator = iter_unpack("h", b"abcdef")
print(type(iterator), iterator.__length_hint__(), next(iterator), iterator.__length_hint__(), iter(iterator) is iterator)
array = bytearray(b"abcdef")
iterator = iter_unpack("2s", array)
print(next(iterator))
array[2:] = b"wxyz"
print(list(iterator), next(iterator, None))
try:
    type(iterator)()
except TypeError as error:
    print(error)
for function in lambda: unpack("i", released), lambda: unpack_from("i", released), lambda: iter_unpack("i", released):
    try:
        function()
    except ValueError as error:
        print(error)
