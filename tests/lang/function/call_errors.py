def none():
    pass


def one(a):
    pass


def two(a, b):
    pass


def three(a, b, c):
    pass


def defaults(a, b=1):
    pass


def kwonly(*, k):
    pass


def kwonly2(a, *, k, m):
    pass


def posonly(a, b, /):
    pass


def star(a, *args):
    pass


def kw(**kwargs):
    pass


def defaults_kwonly(a, b=1, *, c=2):
    pass


def attempt(f, *args, **kwargs):
    try:
        f(*args, **kwargs)
    except TypeError as error:
        print(error)


attempt(none, 1)
attempt(none, 1, 2)
attempt(none, x=1)
attempt(one)
attempt(one, 1, 2)
attempt(one, b=1)
attempt(one, 1, a=2)
attempt(two)
attempt(two, 1)
attempt(two, b=1)
attempt(two, 1, 2, 3)
attempt(two, 1, c=5)
attempt(three)
attempt(three, 1)
attempt(defaults)
attempt(defaults, 1, 2, 3)
attempt(defaults, 1, 2, b=3)
attempt(kwonly)
attempt(kwonly, 1)
attempt(kwonly, 1, 2, k=3)
attempt(kwonly2, 1)
attempt(kwonly2, 1, 2, k=1, m=2)
attempt(kwonly2)
attempt(posonly, a=1, b=2)
attempt(posonly, 1)
attempt(posonly, 1, b=2)
attempt(star)
attempt(star, a=1, b=2)
attempt(kw, 1)
attempt(defaults_kwonly, 1, 2, 3)
attempt(defaults_kwonly, 1, 2, 3, c=5)
attempt(lambda x: x)
attempt(one, aa=1)
