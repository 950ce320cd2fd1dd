g = 1
del g


def f(a, b):
    del a.x, b[0], (a, b)

    def inner():
        return c

    c = 1
    del c
