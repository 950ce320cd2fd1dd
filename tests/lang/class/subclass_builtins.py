class Stack(list):
    def push(self, x):
        self.append(x)
        return self

    def __repr__(self):
        return f"Stack({list(self)})"


s = Stack([1, 2])
s.push(3)
print(
    s,
    len(s),
    s[0],
    s[1:],
    type(s[1:]).__name__,
    s + [4],
    s == [1, 2, 3],
    isinstance(s, list),
    sorted(s, reverse=True),
    s.pop(),
    s,
)
s.attr = "x"
print(s.attr)


class Default(dict):
    def __missing__(self, key):
        return f"missing {key}"


d = Default(a=1)
print(d["a"], d["b"], "b" in d, d.get("b"), d, len(d))
d["c"] = 3
print(sorted(d.items()), isinstance(d, dict))


class Name(str):
    def shout(self):
        return self.upper() + "!"


n = Name("bob")
print(
    n,
    n.shout(),
    n + "x",
    type(n + "x").__name__,
    n == "bob",
    {n: 1}["bob"],
    n[0],
    len(n),
    f"{n:>5}",
    hash(n) == hash("bob"),
)


class Pair(tuple):
    def __new__(cls, a, b):
        return super().__new__(cls, (a, b))

    @property
    def first(self):
        return self[0]


p = Pair(1, 2)
print(p, p.first, p == (1, 2), hash(p) == hash((1, 2)), isinstance(p, tuple), len(p))


class Celsius(float):
    def __str__(self):
        return f"{float(self):.1f}°C"


print(Celsius(21.55), Celsius(1) + 1, f"{Celsius(2)}")


class Upper(dict):
    def __setitem__(self, key, value):
        super().__setitem__(key.upper(), value)


u = Upper()
u["a"] = 1
u.update(b=2)
print(u)


class CountingSet(set):
    def add(self, x):
        super().add(x)
        return len(self)


c = CountingSet()
print(c.add(1), c.add(1), c.add(2), c == {1, 2}, {1} < c)


class MyError(Exception):
    pass


print(repr(MyError("x")), issubclass(MyError, Exception))
