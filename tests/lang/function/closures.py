def counter(start=0):
    n = start

    def increment(by=1):
        nonlocal n
        n += by
        return n

    def value():
        return n

    return increment, value


inc, val = counter(5)
print(inc(), inc(10), val())
other, _ = counter()
print(other(), inc())


def make_adders():
    return [lambda x: x + i for i in range(3)], [lambda x, i=i: x + i for i in range(3)]


late, early = make_adders()
print([f(10) for f in late], [f(10) for f in early])


def outer():
    x = "outer"

    def middle():
        def inner():
            nonlocal x
            x = x + "+inner"
            return x

        return inner

    before = x
    result = middle()()
    return before, result, x


print(outer())


def late_binding():
    def g():
        return later

    later = "assigned after"
    return g()


print(late_binding())


def unbound():
    def g():
        return never

    if False:
        never = 1
    return g


try:
    unbound()()
except NameError as error:
    print(type(error).__name__, error)


def loop_capture():
    fs = []
    for i in range(3):

        def f():
            return i

        fs.append(f)
    i = 100
    return [f() for f in fs]


print(loop_capture())


def with_param(a, *args, **kw):
    def inner():
        return a, args, kw

    a += 1
    return inner


print(with_param(1, 2, k=3)())


def deleted():
    x = 1

    def f():
        return x

    del x
    return f


try:
    deleted()()
except NameError as error:
    print(error)
print(inc.__closure__ is not None, len(inc.__closure__), inc.__code__.co_freevars)
