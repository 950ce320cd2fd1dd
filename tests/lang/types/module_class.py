# Modules made by scripts: of a class of their own, without names, by what loaded them, with annotations and `__dir__`.
import types

Module = types.ModuleType
bare = Module.__new__(Module)
print(bare.__dict__, dir(bare))
for name in "__name__", "missing":
    try:
        getattr(bare, name)
    except AttributeError as error:
        print(error)
made = Module("made", "doc")
names = made.__dict__
made.x = 1
made.__init__("again", doc="other")
print(made.__name__, made.__doc__, made.x, made.__dict__ is names, list(names))
for args in (), (1,), ("a", "b", "c"):
    try:
        Module(*args)
    except TypeError as error:
        print(type(error).__name__)


class Loader:
    def __repr__(self):
        return "<a loader>"


m = Module("m")
print(m)
m.__loader__ = Loader()
print(m)
m.__file__ = "m.py"
print(m)
del m.__name__, m.__file__
print(m)


class Watched(Module):
    kind = "watched"

    @property
    def failing(self):
        raise RuntimeError("in a property")

    def __getattribute__(self, name):
        log.append(name)
        return Module.__getattribute__(self, name)

    def __setattr__(self, name, value):
        log.append((name, value))
        Module.__setattr__(self, name, value)


log = []
w = Watched("w")
w.x = 5
print(w.x, w.kind, type(w).__name__, isinstance(w, Module), log)
try:
    w.failing
except RuntimeError as error:
    print(error)

m = Module("m")
print("__annotations__" in m.__dict__, m.__annotations__, "__annotations__" in m.__dict__)
m.__annotations__ = {"a": int}
del m.__annotations__
try:
    del m.__annotations__
except AttributeError as error:
    print(error)
m.__dir__ = lambda: ["b", "a"]
print(dir(m))
m.__dir__ = ()
try:
    dir(m)
except TypeError as error:
    print(error)
