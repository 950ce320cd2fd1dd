"""Generic classes: their last base comes from `typing`, which a stand-in plays here that notes what it is asked."""

import sys
from _typing import Generic

typing = type(sys)("typing")
sys.modules["typing"] = typing


class Base:
    def __init__(self, origin, args):
        self.origin, self.args = origin, args

    def __mro_entries__(self, bases):
        print("__mro_entries__", self, [getattr(base, "__name__", base) for base in bases])
        return (self.origin,)

    def __repr__(self):
        return f"{self.origin.__name__}[{', '.join(map(repr, self.args))}]"


class Unpack:
    def __getitem__(self, item):
        return f"Unpack[{item!r}]"


def init_subclass(cls, *args, **keywords):
    print("_generic_init_subclass", cls.__name__, args, keywords)


typing._GenericAlias = Base
typing.Unpack = Unpack()
typing._generic_init_subclass = init_subclass
typing._generic_class_getitem = lambda cls, *args: ("_generic_class_getitem", cls.__name__, args)


class C[T, *Ts, **P]:
    """A generic class."""

    parameters = __type_params__

    def method(self, x: T) -> P:
        return T

    def __init__(self):
        self.attribute = 1


print(C, C.__mro__, C.__orig_bases__, C.__type_params__, C.parameters == C.__type_params__)
print(C.__name__, C.__qualname__, C.__module__, C.__doc__, C.method.__qualname__, C.method.__annotations__)
print(C().method(1) is C.__type_params__[0], C[int], C.__static_attributes__)


class Meta(type):
    def __new__(meta, name, bases, namespace, **keywords):
        print("Meta", name, [base.__name__ for base in bases], keywords)
        return super().__new__(meta, name, bases, namespace)


class Mixin:
    pass


bases = (Mixin,)


class D[T: int = bool](*bases, metaclass=Meta, option=1):
    type Alias[U] = (T, U)

    class Inner[V](list):
        def f(self) -> (T, V): ...

    def g[W](self):
        return T, W


print(D.__mro__, D.__type_params__[0].__bound__, D.__type_params__[0].__default__)
print(D.Alias.__value__, D.Inner.f.__annotations__, D.Inner.__qualname__, D().g(), D.g.__qualname__)


def decorator(cls):
    print("decorated", cls.__name__, cls.__type_params__)
    return cls


def function():
    x = "local"

    @decorator
    class E[T: x]:
        y = x

        def f(self):
            return __class__, super().__repr__()[:9]

    return E


E = function()
print(E.y, E.__qualname__, E().f()[0] is E, E.__type_params__[0].__bound__)


class F[__T](Mixin):
    def f(self) -> __T: ...


print(F.f.__annotations__, F.__type_params__[0].__name__)


class Plain: ...


print(Plain.__type_params__)
Plain.__type_params__ = E.__type_params__
print(Plain.__type_params__)
try:
    int.__type_params__ = ()
except TypeError as error:
    print(error)
print(int.__type_params__, Generic.__mro__, Generic)
del typing._GenericAlias
try:

    class H[T]: ...
except AttributeError as error:
    print(error)
