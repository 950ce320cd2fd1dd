# Hexadecimal digits, with and without separators.
import binascii
from _show import show

data = b"\xb9\x01\xef"
print(binascii.Error.__mro__, binascii.Incomplete.__mro__, repr(binascii.Error("a", 1)))
for arguments in [
    (), ("a",), (data,), (data, ":"), (data, b"_", 2), (data, "_", -2), (data, "__"), (data, ""), (data, "é"),
    (data, b"\xff"), (data, 1), (data, None), (data, "€"), (data, bytearray(b":")), (data, ["-"]), (b"", ":"), (data, ":", 0),
    (data, ":", 2**40), (data, ":", 2**31 - 1), (data, ":", -2**31), (data, ":", 1, 2), (data, ":", "1"), (bytearray(data),),
    (memoryview(b"abcd")[::2],), (memoryview(b"abcd")[1:3],), (1,),
]:
    show("hexlify", *arguments)
    show("b2a_hex", *arguments)
show("hexlify", data=b"ab")
show("hexlify", b"abc", sep=b"-", bytes_per_sep=1)
show("hexlify", b"abc", bytes_per_sep=1)
for digits in [
    b"", b"61", "61", b"6", "6", b"6g", "é6", "6é", b"ABcd", memoryview(b"6162"), bytearray(b"61"), 1, None, " 61", b"61 ",
    b"\xff\xff", memoryview(b"61626364")[::2],
]:
    show("unhexlify", digits)
    show("a2b_hex", digits)
show("unhexlify")
show("unhexlify", b"61", b"")
show("unhexlify", hexstr=b"61")
released = memoryview(b"61")
released.release()
for function in binascii.unhexlify, binascii.hexlify:
    try:
        function(released)
    except (TypeError, ValueError) as error:
        print(error)

# The same separators in the methods of bytes.
for separator in ":", b"-", "é", b"\xff", "€", "", 1, None, ["-"]:
    try:
        print(data.hex(separator), bytearray(data).hex(separator, -2))
    except Exception as error:
        print(type(error).__name__, error)
assert binascii.unhexlify(binascii.hexlify(bytes(range(256)), ":", 300)) == bytes(range(256))
