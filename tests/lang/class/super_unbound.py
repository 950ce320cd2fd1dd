# super of a class alone is bound when it is read from an instance; subclasses of super; names that hide it; class cells.
class A:
    def f(self):
        return "A"

    @property
    def p(self):
        return "p of A"


class B(A):
    def f(self):
        return self.above.f() + "B"

    @property
    def p(self):
        return super().p + "B"


B.above = super(B)
b = B()
print(b.f(), b.p, super(B))
print(super(B).__get__(b).f(), super(B).__self__, super(B).__thisclass__.__name__)
print(super(B, b).__class__, super(B, b).__self__ is b, super(B, b).__self_class__.__name__)


class Above(super):
    def __init__(self, *args):
        super(Above, self).__init__(*args)


print(Above(B, b).f(), type(Above(B, b)).__name__, type(Above(B).__get__(b)).__name__)
for args in (1, b), (B, 3), (1, 2, 3):
    try:
        super(*args)
    except TypeError as error:
        print(error)


def hidden():
    class super:
        message = "another"

    class C:
        def method(self):
            return super().message

    return C().method()


print(hidden())


class NoCell(type):
    def __new__(cls, name, bases, namespace):
        namespace.pop("__classcell__", None)
        return type.__new__(cls, name, bases, namespace)


class BadCell(type):
    def __new__(cls, name, bases, namespace):
        namespace["__classcell__"] = None
        return type.__new__(cls, name, bases, namespace)


class OtherCell(type):
    def __new__(cls, name, bases, namespace):
        made = type.__new__(cls, name, bases, namespace)
        type("Second", (), namespace)
        return made


class Early(type):
    def mro(cls):
        print(cls.__dict__["who"]() is cls)
        return type.mro(cls)


for meta in NoCell, BadCell, OtherCell, Early:
    try:

        class Made(metaclass=meta):
            def who():
                return __class__
    except (RuntimeError, TypeError) as error:
        print(type(error).__name__, error)
