"""References: made, shared, compared, emptied; what takes them."""

import _weakref
import gc
import sys


class A:
    pass


a = A()
r = _weakref.ref(a)
print(r() is a, _weakref.ref(a) is r, _weakref.getweakrefcount(a), a.__weakref__ is r)
with_callback = _weakref.ref(a, callback := lambda reference: print("first", reference is with_callback))
print(with_callback is r, with_callback == r, hash(r) == hash(a), with_callback.__callback__ is callback, r.__callback__)
print(_weakref.getweakrefs(a) == [r, with_callback], _weakref.getweakrefs(A()), A().__weakref__)
print(_weakref.ref, _weakref.ref.__name__, _weakref.ref.__module__, _weakref.ref[int])
print(repr(r).startswith("<weakref at 0x"), "; to 'A' at 0x" in repr(r), repr(_weakref.ref(A)).endswith("(A)>"))


def called(reference):
    print("called", reference(), reference is other, reference.__callback__)


other = _weakref.ref(a, called)
del a
gc.collect()
print(r(), other(), r == other, r == r, repr(r).endswith("; dead>"), r.__callback__)
print(hash(r) == hash(r))
try:
    hash(other)
except TypeError as error:
    print(error)

things = (
    (1, 1.5, "s", b"", (), [], {}, None, object(), ValueError(), range(3), slice(1), property(), staticmethod(len))
    + (classmethod(len), A.__dict__, iter([]), bytearray(), super(A, A()), Ellipsis, enumerate([]), zip(), str.join)
    + ({1}, frozenset(), len, A, sys, (x for x in ()), memoryview(b""), called, [].append, called.__code__, sys.stdout)
    + (type, list[int], int | str, A.__init__)
)
for thing in things[:-1]:
    try:
        print("yes:", type(_weakref.ref(thing)()).__name__)
    except TypeError as error:
        print("no: ", error)


class Slots:
    __slots__ = ("a",)


class WithSlot:
    __slots__ = ("a", "__weakref__")


class Free(Slots):
    pass


class Int(int):
    pass


class Tuple(tuple):
    pass


class Bytes(bytes):
    pass


class List(list):
    pass


class Str(str):
    pass


class Float(float):
    pass


class Error(Exception):
    pass


class Dict(dict):
    __slots__ = ()


class Meta(type):
    pass


for thing in Slots(), WithSlot(), Free(), Int(), Tuple(), Bytes(), List(), Str(), Float(), Error(), Dict(), Meta("M", (), {}):
    try:
        print("yes:", type(_weakref.ref(thing)()).__name__)
    except TypeError as error:
        print("no: ", error)

for arguments in (), (A(), None, 2):
    try:
        _weakref.ref(*arguments)
    except TypeError as error:
        print(error)
try:
    _weakref.ref(A(), callback=None)
except TypeError as error:
    print(error)


class Keyed(_weakref.ref):
    __slots__ = ("key",)

    def __new__(cls, object, callback, key):
        self = super().__new__(cls, object, callback)
        self.key = key
        return self

    def __init__(self, object, callback, key):
        super().__init__(object, callback)


a = A()
keyed = Keyed(a, lambda reference: print("key", reference.key), 5)
print(keyed() is a, keyed == _weakref.ref(a), type(keyed).__name__, keyed is Keyed(a, None, 6))
values = {"k": keyed}
_weakref._remove_dead_weakref(values, "k")
print(len(values))
del a
gc.collect()
_weakref._remove_dead_weakref(values, "k")
_weakref._remove_dead_weakref(values, "absent")
print(values)
