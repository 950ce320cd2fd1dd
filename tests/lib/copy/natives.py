"""Copies of what the library makes: shallow ones share the elements, deep ones do not."""

import copy
import random
from collections import Counter, OrderedDict, defaultdict, deque, namedtuple
from functools import partial


class Tagged(deque):
    pass


class Slotted:
    __slots__ = ("items",)


Pair = namedtuple("Pair", "x y")
tagged = Tagged([1, [2]])
tagged.tag = [5]

values = [
    deque([1, [2]], 5), tagged, defaultdict(list, {1: [2]}), Counter("aab"), OrderedDict(a=[1]),
    bytearray(b"xy"), ValueError("x", [1]), Pair([1], 2), frozenset([1]),
]
for value in values:
    for copied in copy.copy(value), copy.deepcopy(value):
        print(type(copied).__name__, repr(copied), copied is value, getattr(copied, "tag", None))

shallow, deep = copy.copy(tagged), copy.deepcopy(tagged)
print(shallow[1] is tagged[1], deep[1] is tagged[1], deep.tag is tagged.tag)
print(copy.deepcopy(defaultdict(list, {1: [2]}))[9], copy.deepcopy(deque([[1]], 3)).maxlen)

slotted = Slotted()
slotted.items = [2]
print(copy.copy(slotted).items is slotted.items, copy.deepcopy(slotted).items is slotted.items)

generator = random.Random(3)
generator.random()
twins = copy.copy(generator), copy.deepcopy(generator)
expected = generator.random()
print([twin.random() == expected for twin in twins])

largest = partial(max, [1, 2], key=abs)
print(copy.copy(largest)(), copy.deepcopy(largest)(), copy.deepcopy(largest).keywords)

cyclic = deque()
cyclic.append(cyclic)
again = copy.deepcopy(cyclic)
print(again[0] is again, again is cyclic)
