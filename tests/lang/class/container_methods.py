class Box:
    def __init__(self, *items):
        self.items = list(items)

    def __len__(self):
        return len(self.items)

    def __getitem__(self, key):
        print(f"get {key!r}", end=" ")
        return self.items[key]

    def __setitem__(self, key, value):
        print(f"set {key!r}", end=" ")
        self.items[key] = value

    def __delitem__(self, key):
        print(f"del {key!r}", end=" ")
        del self.items[key]

    def __contains__(self, item):
        print(f"contains {item!r}", end=" ")
        return item in self.items

    def __iter__(self):
        return iter(self.items)

    def __reversed__(self):
        return iter(["reversed"])


b = Box(1, 2, 3)
print(
    len(b),
    b[0],
    b[-1],
    b[0:2],
    b[::2],
    2 in b,
    9 not in b,
    list(b),
    list(reversed(b)),
    bool(b),
    bool(Box()),
    [*b],
    max(b),
)
b[0] = 10
b[1:2] = [7, 8]
del b[0]
b[0] += 5
print(b.items)


class Grid:
    def __getitem__(self, key):
        return key


g = Grid()
print(g[1, 2], g[1:2, ::3], g[...], g["k"], g[1:], g[:], g[(1, 2)], g[1,], g[-1])


class OldStyle:
    def __getitem__(self, i):
        if i >= 3:
            raise IndexError(i)
        return i * 10


o = OldStyle()
print(list(o), 20 in o, 5 in o, [x for x in o], tuple(o))


class BadLen:
    def __init__(self, n):
        self.n = n

    def __len__(self):
        return self.n


for n in (-1, "x", 1.5, 2**100):
    try:
        len(BadLen(n))
    except Exception as error:
        print(type(error).__name__, error)
for f in (
    lambda: Grid()[0] and len(Grid()),
    lambda: BadLen(1)[0],
    lambda: 1 in BadLen(1),
    lambda: list(BadLen(1)),
    lambda: reversed(BadLen(1)),
    lambda: bool(BadLen(-5)),
):
    try:
        f()
    except Exception as error:
        print(type(error).__name__, error)
try:
    Grid()[0] = 1
except TypeError as error:
    print(error)
try:
    del Grid()[0]
except TypeError as error:
    print(error)
