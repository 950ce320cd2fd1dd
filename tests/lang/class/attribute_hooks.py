class Dynamic:
    def __init__(self):
        self.real = 1

    def __getattr__(self, name):
        if name.startswith("auto_"):
            return name[5:]
        raise AttributeError(f"no {name} here")


d = Dynamic()
print(d.real, d.auto_x, hasattr(d, "auto_y"), hasattr(d, "nope"), getattr(d, "nope", "default"))
try:
    d.nope
except AttributeError as error:
    print(error)


class Guarded:
    def __setattr__(self, name, value):
        if name == "locked":
            raise AttributeError("locked!")
        print(f"setting {name}", end=" ")
        super().__setattr__(name, value)

    def __delattr__(self, name):
        print(f"deleting {name}", end=" ")
        object.__delattr__(self, name)

    def __getattribute__(self, name):
        if name == "secret":
            return "intercepted"
        return super().__getattribute__(name)


g = Guarded()
g.a = 1
g.secret = 2
print(g.a, g.secret, g.__dict__)
del g.a
print(hasattr(g, "a"))
try:
    g.locked = 1
except AttributeError as error:
    print(error)
try:
    del g.zzz
except AttributeError as error:
    print(error)
setattr(g, "b", 5)
print(getattr(g, "b"))
delattr(g, "b")
print(g.__dict__)


class Fallback:
    def __getattribute__(self, name):
        raise AttributeError("from getattribute")

    def __getattr__(self, name):
        return f"fallback {name}"


print(Fallback().x)


class Proxy:
    def __init__(self, target):
        object.__setattr__(self, "_target", target)

    def __getattr__(self, name):
        return getattr(self._target, name)

    def __setattr__(self, name, value):
        setattr(self._target, name, value)


p = Proxy(Dynamic())
p.y = 9
print(p.y, p._target.y, p.auto_z, p.real, "y" in p.__dict__)
