class Point:
    __slots__ = ("x", "y")


class Named(Point):
    def __init__(self, x, name):
        self.x = x
        self.name = name


p = Named(1, "p")
print(p.__dict__, p.x, vars(p) is p.__dict__)
p.y = 2
p.x += 5
p.extra = 3
print(p.__dict__, p.x, p.y, p.name, p.extra)
p.__dict__["x"] = "hidden by the slot"
print(p.x, sorted(p.__dict__))
del p.y
print(hasattr(p, "y"), p.__dict__)
try:
    del p.y
except AttributeError as error:
    print(error)


class Late(Point):
    def __init__(self):
        self.__dict__["first"] = 0
        self.x = 1
        self.y = 2


late = Late()
print(late.__dict__, late.x, late.y, type(late.__dict__).__name__, late.__dict__ == {"first": 0})
try:
    late.__dict__.attribute = 1
except AttributeError as error:
    print(error)


class Own:
    __slots__ = ("a", "__dict__")


own = Own()
own.a = 1
own.b = 2
print(own.__dict__, own.a, own.b)
