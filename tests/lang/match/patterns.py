"""Every kind of pattern, and what each takes a value for."""

from collections import Counter, OrderedDict, defaultdict, deque


class Point:
    __match_args__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __repr__(self):
        return f"Point({self.x}, {self.y})"


class Colour:
    RED = 1
    GREEN = 2


def kind(value):
    match value:
        case None:
            return "None"
        case True:
            return "True"
        case False:
            return "False"
        case 0 | 0.5:
            return "zero or half"
        case -1 | 1 + 2j | -3.5:
            return "negative or complex"
        case Colour.GREEN:
            return "green"
        case "a" "b" | b"ab":
            return "ab"
        case "x" as letter:
            return "letter " + letter
        case int(n) if n > 100:
            return f"large {n}"
        case int(n):
            return f"int {n}"
        case float():
            return "float"
        case str(text):
            return f"str {text!r}"
        case bytes() | bytearray():
            return "bytes"
        case []:
            return "empty"
        case [one]:
            return f"one {one!r}"
        case (Point(x=0, y=0) | Point(0, 1)) as p, *_:
            return f"list from a corner {p.x} {p.y}"
        case [_, _]:
            return "two"
        case [1, *rest]:
            return f"1 and {rest}"
        case [*start, 9]:
            return f"{start} and 9"
        case [first, *_, last]:
            return f"{first!r} to {last!r}"
        case {}:
            match value:
                case {"kind": "circle", "radius": r}:
                    return f"circle {r}"
                case {"kind": str(k), **rest}:
                    return f"{k} {rest}"
                case {1: _, Colour.GREEN: [a, b]}:
                    return f"keys {a} {b}"
                case {**everything} if everything:
                    return f"mapping {everything}"
            return "mapping"
        case Point(0, y):
            return f"on the axis {y}"
        case Point(x, y=2):
            return f"at height 2: {x}"
        case Point():
            return "a point"
        case set() | frozenset():
            return "a set"
        case type():
            return "a class"
        case _:
            return "something"


class Text(str):
    pass


class Numbers(list):
    pass


class Truthy:
    def __eq__(self, other):
        return other == 0


values = [
    None, True, False, 0, 0.0, 0.5, -1, 1 + 2j, -3.5, 2, "ab", b"ab", "x", 101, 7, 2.5, "text", b"", bytearray(b"q"),
    [], [5], (), (5,), [Point(0, 0), 2, 3], [Point(0, 1)], [Point(0, 1), 4], [1, 2], (1, 2, 3), [4, 5, 9], "long",
    [4, 5, 6], range(3), range(0), deque([1, 2, 3]), memoryview(b"abc"), {}, {"kind": "circle", "radius": 2, "more": 3},
    {"kind": "square", "side": 1}, {1: 2, 2: (3, 4)}, {2: 3}, OrderedDict(a=1), defaultdict(int), Counter("ab"),
    Point(0, 3), Point(1, 2), Point(3, 4), {1}, frozenset(), Point, object(), Text("t"), Numbers([1, 2, 3]), Truthy(),
    iter([1]), (n for n in "ab"), {}.keys(), 10**30,
]
for value in values:
    print(type(value).__name__, "->", kind(value))
