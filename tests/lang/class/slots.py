class P:
    __slots__ = ("x", "y")

    def __init__(self, x):
        self.x = x


p = P(1)
print(p.x, hasattr(p, "y"), hasattr(p, "__dict__"), P.__slots__)
p.y = 2
print(p.y)
del p.y
for f in (lambda: p.y, lambda: setattr(p, "z", 1), lambda: p.z, lambda: vars(p)):
    try:
        f()
    except (AttributeError, TypeError) as error:
        print(type(error).__name__, error)
try:
    del p.y
except AttributeError as error:
    print(error)


class Q(P):
    __slots__ = ("z",)


q = Q(5)
q.z = 6
print(q.x, q.z, hasattr(q, "__dict__"))


class R(P):
    pass


r = R(7)
r.anything = 8
print(r.x, r.__dict__)


class S:
    __slots__ = "single"


s = S()
s.single = 1
print(s.single, type(S.single).__name__)
try:

    class T:
        __slots__ = ("a",)
        a = 1
except ValueError as error:
    print(error)
try:
    P.x.__get__(5)
except TypeError as error:
    print(error)
