x: int = 5
y: "str"
z: list[int] = [1, 2]
print(x, z)
try:
    print(y)
except NameError as error:
    print(error)


def f(a: int, b: str = "q", *args: float, c: bool = True, **kw: dict) -> list:
    t: int = a
    u: undefined_name = 3
    return [t, u, b, c]


print(f(1))


class C:
    n: int = 3
    m: "C"

    def method(self, other: "C") -> "C":
        self.v: int = 4
        return self


print(C.n, C().method(None).v)
d = {}
d["k"]: int = 6
(w): int = 7
print(d, w)
