class Point:
    """A point."""

    dimension = 2

    def __init__(self, x, y=0):
        self.x = x
        self.y = y

    def move(self, dx, dy=0):
        self.x += dx
        self.y += dy
        return self

    def __repr__(self):
        return f"Point({self.x}, {self.y})"


p = Point(1, 2)
print(
    p,
    p.x,
    p.y,
    p.move(5).move(1, 1),
    p.dimension,
    Point.dimension,
    Point.__doc__,
    Point.__name__,
    p.__class__ is Point,
)
q = Point(3)
q.extra = "attr"
q.dimension = 3
print(q.__dict__, Point.dimension, q.dimension, hasattr(p, "extra"), vars(q) is q.__dict__)
Point.dimension = 9
print(p.dimension, q.dimension)
Point.double = lambda self: Point(self.x * 2, self.y * 2)
print(
    p.double(),
    Point.move(p, 1),
    str(p),
    [p, q],
    isinstance(p, Point),
    isinstance(p, object),
    type(p) is Point,
)
m = p.move
print(m(10).x, m.__self__ is p, m.__func__ is Point.move, m.__name__, p == Point(1, 2), p == p, p != q)
for f in (
    lambda: p.missing,
    lambda: Point.missing,
    lambda: p.missing(),
    lambda: Point(),
    lambda: Point(1, 2, 3),
    lambda: p + 1,
    lambda: p < q,
    lambda: len(p),
    lambda: p[0],
    lambda: p(),
    lambda: iter(p),
    lambda: Point.move(),
):
    try:
        f()
    except Exception as error:
        print(type(error).__name__, error)
