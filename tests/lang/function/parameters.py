def f(a, b=2, *args, c, d=4, **kwargs):
    return a, b, args, c, d, kwargs


print(f(1, c=3))
print(f(1, 20, 30, 40, c=3, e=5, f=6))
print(f(*[1, 2, 3], c=9, **{"d": 8, "z": 0}))
print(f(c=1, a=2))
print(f(b=1, *[5], c=2))
print(f(*"ab", *"cd", **{"c": 1}, **{"x": 2}))


def positional_only(a, b=5, /, c=6, *, d=7):
    return a, b, c, d


print(positional_only(1), positional_only(1, 2, 3, d=4), positional_only(1, c=9))


def kwargs_named_like_positional(a, /, **kw):
    return a, kw


print(kwargs_named_like_positional(1, a=2))


def keyword_only(*, k, l=2):
    return k, l


print(keyword_only(k=1), keyword_only(l=1, k=0))


def everything(*args, **kwargs):
    return args, kwargs


print(everything(), everything(1, *(2, 3), x=1, **{"y": 2}))


def mutable(x, acc=[]):
    acc.append(x)
    return acc


print(mutable(1), mutable(2), mutable(3, []))
print((lambda a, b=2, *c, d=4, **e: (a, b, c, d, e))(1, 5, 6, z=9), (lambda: None)(), (lambda *a: a)(1, 2))
default = "early"


def late(x=default):
    return x


default = "changed"
print(late(), late.__defaults__, f.__kwdefaults__, f.__name__, late.__qualname__)
