# The class Struct: its attributes and methods, and subclasses that have a constructor of their own.
import _struct
from _struct import Struct, error


def attempt(function, *arguments, **named):
    try:
        print(arguments, named, function(*arguments, **named))
    except Exception as exception:
        print(arguments, named, type(exception), exception)


one = Struct(">h")
print(one, one.format, one.size, Struct, Struct.__module__)
array = bytearray(5)
for arguments in (), (1,), (1, 2), ("x",):
    attempt(one.pack, *arguments)
for arguments in (b"ab",), (b"a",), (), ("ab",), (bytearray(b"ab"),):
    attempt(one.unpack, *arguments)
for arguments in (), (b"abc", 1), (b"abc", -1), (b"abc", 2):
    attempt(one.unpack_from, *arguments)
attempt(one.unpack_from, b"abc", offset=-2)
attempt(one.unpack_from, buffer=b"ab")
for arguments in (), (array,), (array, 1), (array, 1, 2), (array, 1, 2, 3):
    attempt(one.pack_into, *arguments)
print(list(one.iter_unpack(b"abcd")))
attempt(one.iter_unpack)
attempt(one.iter_unpack, b"abc")
attempt(one.pack, x=1)
attempt(one.pack_into, array, 0, x=1)
for arguments in (), (1,), ("i", 2), (b"i",), ("z",), (None,):
    attempt(Struct, *arguments)
attempt(Struct, format="i")


class Large(Struct):
    def __init__(self):
        super().__init__(">q")


class Empty(Struct):
    def __init__(self, *arguments):
        self.arguments = arguments


print(Large(), Large().size, Large().pack(1))
empty = Empty("i", 5)
print(empty.size, empty.arguments)
for use in [
    lambda: empty.pack(1), lambda: empty.unpack(b""), lambda: empty.unpack_from(b""), lambda: empty.iter_unpack(b""),
    lambda: empty.pack_into(array, 0), lambda: empty.format, lambda: repr(empty),
]:
    attempt(use)
one.__init__("b")
print(one.format, one.size)
attempt(one.__init__, "z")
print(one.format, one.size)
for name in "size", "format", "foo":
    attempt(lambda: setattr(one, name, 1))
attempt(lambda: setattr(Struct, "foo", 1))
print(one == Struct("b"), hash(one) == hash(one))
attempt(_struct._clearcache)
attempt(_struct._clearcache, 1)
