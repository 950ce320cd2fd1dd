"""What names mean within type parameters, annotations and aliases."""

x = "global"


def shadowed():
    x = "function"

    class C:
        x = "class"

        def f[T: x](self, a: x) -> x: ...

        type A[T: x] = (x, T)
        type B = [x for _ in (1,)]
        type L = (lambda: x)()

    return C


C = shadowed()
print(C.f.__annotations__, C.f.__type_params__[0].__bound__, C.A.__value__[0], C.A.__type_params__[0].__bound__)
print(C.B.__value__, C.L.__value__)
del C.x
print(C.f.__annotations__["a"], C.A.evaluate_value(1)[0], C.f.__type_params__[0].evaluate_bound(1))


class Hidden:
    T = "class"

    def f[T](self, a: T): ...

    def g[T](self):
        return T


print(Hidden.f.__annotations__, type(Hidden().g()).__name__)


class Declared:
    global x

    def f(self, a: x): ...


print(Declared.f.__annotations__)


def outer():
    def inner[T]():
        nonlocal count
        count += 1
        return T, count

    count = 0
    return inner


i = outer()
print(i()[1], i()[1])


def rebinding[T]():
    T = 1
    return T


print(rebinding())


def deleting[T]():
    def f():
        return T

    return f


print(deleting()() is deleting.__type_params__[0])


class Meta(type):
    @classmethod
    def __prepare__(meta, name, bases):
        return {"prepared": "from the name space"}


class Prepared(metaclass=Meta):
    def f(self, a: prepared): ...

    type A = prepared


print(Prepared.f.__annotations__, Prepared.A.__value__)


def classes():
    class Outer:
        name = "outer"

        class Inner:
            def f[T: str](self, a: T, b: x) -> "Inner": ...

    return Outer


print(classes().Inner.f.__annotations__["b"])


def walrus():
    def f(a: [y := 1 for _ in (1,)]): ...

    y = 0
    before = y
    f.__annotations__
    return before, y


print(walrus())
