# What a property says of itself: documentation, also of subclasses and copies, its name, its errors.
class Documented(property):
    """The class's own."""


class Bare(property):
    pass


def getter(self):
    """The getter's."""


def plain(self):
    pass


for kind in property, Documented, Bare:
    print(kind(getter).__doc__, kind(plain).__doc__, kind(getter, doc="given").__doc__, kind(doc="alone").__doc__)
    print(kind(getter, doc="given").getter(plain).__doc__, kind(plain).getter(getter).__doc__, kind(getter).setter(plain).__doc__)


class Slotted(property):
    """Without room."""

    __slots__ = ()


try:
    Slotted(getter)
except AttributeError as error:
    print(type(error).__name__)


class Outer:
    class Inner:
        x = property()
        y = property(None, lambda self, value: None)


inner = Outer.Inner()
for action in (lambda: inner.x, lambda: setattr(inner, "x", 1), lambda: delattr(inner, "x")):
    try:
        action()
    except AttributeError as error:
        print(error)
print(Outer.Inner.y.__name__)
Outer.Inner.y.__name__ = "renamed"
print(Outer.Inner.y.__name__)
del Outer.Inner.y.__name__
p = property(plain)
print(p.__name__)
for bad in property(None, plain), property(1), Outer.Inner.y:
    try:
        bad.__name__
    except AttributeError as error:
        print(error)
for name in "fget", "fset", "fdel":
    try:
        setattr(p, name, plain)
    except AttributeError as error:
        print(error)
for args in (), (1,), (1, 2, 3):
    try:
        p.__set_name__(*args)
    except TypeError as error:
        print(error)


class Odd(property):
    def __new__(cls, *args):
        return "something else"


print(property.__new__(Odd).getter(plain))
