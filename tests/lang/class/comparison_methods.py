class Version:
    def __init__(self, *parts):
        self.parts = parts

    def __eq__(self, other):
        if not isinstance(other, Version):
            return NotImplemented
        return self.parts == other.parts

    def __lt__(self, other):
        if not isinstance(other, Version):
            return NotImplemented
        return self.parts < other.parts

    def __le__(self, other):
        return self < other or self == other

    def __hash__(self):
        return hash(self.parts)

    def __repr__(self):
        return "v" + ".".join(map(str, self.parts))


a, b = Version(1, 2), Version(1, 10)
print(
    a < b,
    a > b,
    a <= b,
    a >= b,
    a == b,
    a != b,
    a == Version(1, 2),
    max(a, b),
    sorted([b, a]),
    a == "x",
    a != "x",
    {a: 1}[Version(1, 2)],
)
for f in (lambda: a < 5, lambda: a > "x", lambda: a >= b, lambda: object() < object()):
    try:
        print(f())
    except TypeError as error:
        print(error)


class Odd:
    def __eq__(self, other):
        return "eq result"

    def __lt__(self, other):
        return []

    def __contains__(self, x):
        return "yes"


o = Odd()
print(o == 1, 1 == o, o != 1, o < 1, 1 > o, not (o < 1), 5 in o, o in [1, 2], 5 not in o)


class OnlyEq:
    def __eq__(self, other):
        return True


print(
    OnlyEq() == 5, OnlyEq() != 5, OnlyEq.__hash__, 5 in [OnlyEq()], [OnlyEq()] == [3], (1, OnlyEq()) == (1, 2)
)


class Reflect:
    def __gt__(self, other):
        return f"gt {other}"

    def __ge__(self, other):
        return f"ge {other}"


print(3 < Reflect(), 3 <= Reflect())


class Base:
    def __eq__(self, other):
        return "base"


class Derived(Base):
    def __eq__(self, other):
        return "derived"


print(Base() == Derived(), Derived() == Base(), o == o, [o] == [o])


class Chained:
    def __init__(self, n):
        self.n = n

    def __lt__(self, other):
        print(f"{self.n} < {other.n}")
        return self.n < other.n


print(Chained(1) < Chained(2) < Chained(3), Chained(2) < Chained(1) < Chained(3))
