class C:
    a = 1

    def m(self):
        pass


c = C()
c.z = 1
print(
    [n for n in dir(c) if not n.startswith("__")],
    [n for n in dir(C) if not n.startswith("__")],
    vars(c),
    sorted(k for k in vars(C) if not k.startswith("__")),
)
print(
    "append" in dir([]),
    "upper" in dir(str),
    "__init__" in dir(c),
    callable(C),
    callable(c.m),
    callable(c),
    callable("x"),
    callable(len),
    callable(lambda: 0),
)
print("c" in dir(), "C" in globals(), globals()["c"] is c, globals() is vars(), __name__)


def f(x):
    y = 1
    return sorted(dir()), sorted(locals().items()), sorted(vars())


print(f(5))


class D:
    def __dir__(self):
        return ["b", "a"]


print(dir(D()))
globals()["created"] = 9
print(created)
for g in (lambda: vars(5), lambda: callable(), lambda: dir(1, 2), lambda: globals(1)):
    try:
        g()
    except TypeError as error:
        print(error)
