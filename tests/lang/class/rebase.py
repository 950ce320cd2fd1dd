# `__bases__` can be assigned: methods, order and subclasses follow, and what does not fit is refused.
import typing


class A:
    def who(self):
        return "A"


class B:
    def who(self):
        return "B"

    def more(self):
        return "more"


class C(A):
    pass


class D(C):
    pass


c, d = C(), D()
for _ in range(3):
    print(c.who(), d.who())
C.__bases__ = (B, A)
for _ in range(3):
    print(c.who(), d.who(), d.more())
print([k.__name__ for k in D.__mro__], isinstance(d, B), C in A.__subclasses__(), C in B.__subclasses__())
C.__bases__ = (B,)
print([k.__name__ for k in D.__mro__], isinstance(d, A), C in A.__subclasses__())


class Slotted:
    __slots__ = ("x",)


class E(A):
    pass


class F(E, B):
    pass


for action in (
    lambda: setattr(C, "__bases__", ()),
    lambda: setattr(C, "__bases__", [A]),
    lambda: setattr(C, "__bases__", (1,)),
    lambda: setattr(C, "__bases__", (D,)),
    lambda: setattr(int, "__bases__", (object,)),
    lambda: setattr(C, "__bases__", (bool,)),
    lambda: setattr(C, "__bases__", (dict,)),
    lambda: setattr(E, "__bases__", (B, A)),
    lambda: setattr(E, "__bases__", (A, A)),
):
    try:
        action()
        print("taken")
    except TypeError as error:
        print(error)
print([k.__name__ for k in F.__mro__])


class Point(typing.NamedTuple):
    x: int
    y: int = 2


print(Point(1), Point.__bases__)
