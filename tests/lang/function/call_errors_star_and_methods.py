def f(a, b=1, **kw):
    return a, b, kw


def attempt(g):
    try:
        print(g())
    except TypeError as error:
        print(error)


attempt(lambda: f(*5))
attempt(lambda: f(**5))
attempt(lambda: f(1, **{"a": 2}))
attempt(lambda: f(1, **{"x": 1}, **{"x": 2}))
attempt(lambda: f(1, x=1, **{"x": 2}))
attempt(lambda: f(**{1: 2}))
attempt(lambda: f(*None))
attempt(lambda: (n := 5)())
attempt(lambda: (s := "abc")())
attempt(lambda: (n := None)())
attempt(lambda: (a := [1, 2])(0))
attempt(lambda: (t := (1, 2))(0))
attempt(lambda: f()())
attempt(lambda: f(1)(2))
attempt(lambda: print(*5))
attempt(lambda: {**5})
attempt(lambda: [*5])
attempt(lambda: max(**{1: 2}))


class C:
    def method(self, x):
        return x

    @staticmethod
    def static(x):
        return x

    @classmethod
    def cls_method(cls, x):
        return x

    def no_self():
        pass


c = C()
attempt(lambda: c.method())
attempt(lambda: c.method(1, 2))
attempt(lambda: C.method(1))
attempt(lambda: c.static())
attempt(lambda: C.cls_method())
attempt(lambda: C.cls_method(1, 2))
attempt(lambda: c.no_self())
attempt(lambda: C(1))
attempt(lambda: C(x=1))
attempt(lambda: c())


class D:
    def __init__(self, a, b):
        pass


attempt(lambda: D())
attempt(lambda: D(1, 2, 3))
attempt(lambda: D(1, c=2))
