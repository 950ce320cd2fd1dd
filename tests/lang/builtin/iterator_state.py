# Iterators are taken apart by `__reduce__`, go through `pickle` and `copy`, and can be set to a position.
import copy
import pickle
import sys

SOURCES = {
    "list": iter([10, 20, 30, 40]),
    "reversed list": reversed([10, 20, 30, 40]),
    "tuple": iter((10, 20, 30, 40)),
    "range": iter(range(10, 50, 10)),
    "reversed range": reversed(range(10, 50, 10)),
    "wide range": iter(range(2**70, 2**70 + 4)),
    "str": iter("añbç"),
    "bytes": iter(b"abcd"),
    "bytearray": iter(bytearray(b"abcd")),
    "dict": iter({1: "a", 2: "b", 3: "c"}),
    "values": iter({1: "a", 2: "b", 3: "c"}.values()),
    "items": iter({1: "a", 2: "b", 3: "c"}.items()),
    "reversed dict": reversed({1: "a", 2: "b", 3: "c"}),
    "set": iter({7}),
    "enumerate": enumerate("abcd", 5),
    "zip": zip("abcd", [1, 2, 3, 4]),
    "strict zip": zip("abcd", [1, 2, 3, 4], strict=True),
    "map": map(abs, [-1, -2, -3]),
    "filter": filter(None, [0, 1, 0, 2, 3]),
    "reversed tuple": reversed((1, 2, 3, 4)),
}
for name, it in SOURCES.items():
    first = next(it)
    again = pickle.loads(pickle.dumps(it))
    print(name, first, type(again) is type(it), list(again), list(copy.copy(it)) if name != "zip" else "")

for it in iter([]), iter(()), iter(""), reversed([]), reversed(()):
    list(it)
    print(it.__reduce__())

for it, index in (iter([1, 2, 3]), 2), (iter("añbç"), 3), (reversed([1, 2, 3]), 0), (iter(range(0, 100, 7)), 12):
    it.__setstate__(index)
    print(list(it))
for index in -5, 99:
    it = iter([1, 2, 3])
    it.__setstate__(index)
    print(list(it))
it = iter(range(2**70, 2**70 + 5))
it.__setstate__(3)
print(it.__length_hint__(), list(it) == [2**70 + 3, 2**70 + 4])
try:
    iter(range(3)).__setstate__("x")
except TypeError as error:
    print(error)

# Numbers of `enumerate` beyond 64 bits, and a class of one's own.
print(list(enumerate("abc", sys.maxsize)), next(enumerate("a", 2**100)))
print(enumerate("ab", 2**64).__reduce__()[1][1])


class Numbered(enumerate):
    pass


numbered = Numbered("ab", start=3)
numbered.note = "kept"
print(type(numbered).__name__, numbered.note, list(numbered))

# Ranges near the ends of 64 bits.
print(-sys.maxsize in range(-sys.maxsize, sys.maxsize), list(reversed(range(-(2**32) - 2, -(2**63), -(2**63)))))


class Ten(int):
    def __eq__(self, other):
        return other == 3

    __hash__ = int.__hash__


print(Ten(10) in range(5), Ten(1) in range(2))
