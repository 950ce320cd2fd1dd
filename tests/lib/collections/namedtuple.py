from collections import namedtuple

Point = namedtuple("Point", ["x", "y"])
p = Point(1, y=2)
print(
    p,
    p.x,
    p[1],
    p == (1, 2),
    p + (3,),
    len(p),
    list(p),
    p._asdict(),
    p._replace(x=9),
    Point._fields,
    Point._make([5, 6]),
    isinstance(p, tuple),
    hash(p) == hash((1, 2)),
    p < Point(1, 3),
)
x, y = p
print(
    x,
    y,
    *p,
    {p: "key"}[1, 2],
    max(p),
    p.index(2),
    p.count(1),
    Point.__name__,
    type(p).__name__,
    Point.__doc__,
    repr(Point).endswith("Point'>"),
    sorted([Point(2, 1), Point(1, 2)]),
)
Employee = namedtuple("Employee", "name age, role", defaults=["dev"])
print(
    Employee("Al", 30),
    Employee("Bo", 25, "ops"),
    Employee._field_defaults,
    f"{Employee('C', 1).name:>5}",
    [e.age for e in map(Employee._make, [("D", 4, "x")])],
)
Renamed = namedtuple("Renamed", "a class a _b", rename=True)
print(Renamed._fields)
for f in (
    lambda: Point(1),
    lambda: Point(1, 2, 3),
    lambda: Point(1, z=2),
    lambda: p.z,
    lambda: setattr(p, "x", 5),
    lambda: namedtuple("Bad", "a a"),
    lambda: namedtuple("Bad", "class"),
    lambda: namedtuple("Bad", "_x"),
    lambda: namedtuple("1x", "a"),
    lambda: p._replace(q=1),
    lambda: namedtuple("B", "1a"),
    lambda: Point._make([1]),
):
    try:
        f()
    except Exception as error:
        print(type(error).__name__, error)


class Vector(namedtuple("Vector", "x y")):
    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    @property
    def length(self):
        return (self.x**2 + self.y**2) ** 0.5


print(Vector(3, 4) + Vector(0, 0), Vector(3, 4).length, Vector(1, 2)._replace(y=0))
