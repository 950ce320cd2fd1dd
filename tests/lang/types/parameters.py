"""Type parameters of functions and aliases: how they are made, what they say of themselves, when they are evaluated."""

log = []


def note(what, value):
    log.append(what)
    return value


def f[T: note("bound", int) = note("default", bool), U: (note("one", str), bytes) = str, *Ts = *note("many", tuple[int]), **P = [int]](x: T) -> U:
    return x


print(log)
T, U, Ts, P = f.__type_params__
print(T, U, Ts, P, repr(T), type(T), type(Ts), type(P))
print(T.__name__, T.__bound__, T.__bound__, log)
print(T.__default__, T.__default__, T.has_default(), log)
print(U.__constraints__, U.__constraints__, U.__bound__, U.has_default(), log)
print(T.__constraints__, U.__default__, Ts.__default__, P.__default__, log)
print(T.__covariant__, T.__contravariant__, T.__infer_variance__, P.__infer_variance__, P.__bound__)
print(T.__module__, T.__reduce__(), Ts.__reduce__(), P.__reduce__())
print(P.args, P.kwargs, P.args == P.args, P.args == P.kwargs, P.args.__origin__ is P, type(P.args))
print(f.__annotations__ == {"x": T, "return": U})
print(T.evaluate_bound(1), T.evaluate_bound.__name__, T.evaluate_bound.__qualname__, U.evaluate_bound, T.evaluate_constraints)
try:
    T.evaluate_bound(3)
except NotImplementedError as error:
    print("NotImplementedError", error)
try:
    T.evaluate_bound(value=1)
except TypeError as error:
    print(error)


def plain():
    pass


print(plain.__type_params__)
plain.__type_params__ = (T,)
print(plain.__type_params__ == (T,))
for value in (1, [T], None):
    try:
        plain.__type_params__ = value
    except TypeError as error:
        print(error)


def with_defaults[T](a, b=1, *, c: T = 2, d=3):
    return a, b, c, d


print(with_defaults(0), with_defaults(0, 5, d=6), with_defaults.__defaults__, with_defaults.__kwdefaults__)


def decorate(function):
    print("decorating", function.__name__, function.__type_params__)
    return function


@decorate
def decorated[S](x=note("evaluated", 1)): ...


print(decorated.__qualname__, decorated.__code__.co_name)


class C:
    size = int

    def method[T: size](self, x: T, y: size) -> list[T]:
        def inner[S: T](z: S): ...

        return inner

    type Sizes[T: size] = dict[T, size]

    async def later[T](self): ...

    @staticmethod
    def generator[T](x: T):
        yield x


print(C.method.__qualname__, C().method(1, 2).__qualname__)
print(C.method.__type_params__[0].__bound__, C.method.__annotations__)
print(C().method(1, 2).__type_params__[0].__bound__)
print(C.Sizes.__value__, C.Sizes.__type_params__[0].__bound__, C.Sizes.evaluate_value.__qualname__)
print(list(C.generator(3)))
C.size = float
print(C.method.__type_params__[0].__bound__, C.method.__type_params__[0].evaluate_bound(1))


def recursive[T: list[S], S: list[T]](): ...


T, S = recursive.__type_params__
print(T.__bound__, S.__bound__)


def failing[T: 1 / 0](): ...


for _ in range(2):
    try:
        failing.__type_params__[0].__bound__
    except ZeroDivisionError as error:
        print("again", error)


def nested():
    x = "cell"

    def g[T: x]():
        return T

    x = "later"
    return g


g = nested()
print(g() is g.__type_params__[0], g().__bound__)


def private():
    class K:
        def m[__T](self, x: __T) -> __T:
            return __T

    return K


print(private()().m(1), private().m.__annotations__)
for name in ("__name__", "__bound__", "__default__"):
    try:
        setattr(T, name, 1)
    except AttributeError as error:
        print("AttributeError")
try:

    class D(T): ...
except TypeError as error:
    print(error)
lambdas = lambda: [t for t in f.__type_params__]
print(lambdas() == list(f.__type_params__))
