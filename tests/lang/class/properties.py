class Circle:
    def __init__(self, r):
        self._r = r

    @property
    def r(self):
        "the radius"
        return self._r

    @r.setter
    def r(self, value):
        if value < 0:
            raise ValueError("negative")
        self._r = value

    @r.deleter
    def r(self):
        print("deleting r")
        self._r = None

    @property
    def area(self):
        return 3 * self._r**2

    def get(self):
        return "got"

    def set(self, v):
        print("set", v)

    managed = property(get, set, doc="managed doc")


c = Circle(2)
print(c.r, c.area, Circle.r.__doc__, c.managed, Circle.managed.__doc__)
c.r = 5
c.r += 1
c.managed = 1
print(c.area, c.__dict__)
del c.r
print(c.r)
for f in (
    lambda: setattr(c, "r", -1) if c.r else setattr(c, "area", 1),
    lambda: delattr(c, "area"),
    lambda: delattr(c, "managed"),
    lambda: Circle(1).area(),
    lambda: Circle.area.fget(Circle(2)),
    lambda: c.area,
):
    try:
        print(f())
    except Exception as error:
        print(type(error).__name__, error)


class Sub(Circle):
    @property
    def area(self):
        return super().area + 1

    @Circle.r.getter
    def r(self):
        return "sub getter"


s = Sub(2)
print(s.area, s.r)
s.r = 10
print(s._r, isinstance(Circle.r, property), type(Circle.__dict__["r"]).__name__)


class WriteOnly:
    x = property(None, lambda self, v: print("wrote", v))


w = WriteOnly()
w.x = 1
try:
    w.x
except AttributeError as error:
    print(error)
