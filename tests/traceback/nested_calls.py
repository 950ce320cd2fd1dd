def inner(x):
    return 10 / x


def middle(x):
    result = inner(x - 1)
    return result


def outer():
    return [middle(n) for n in (3, 2, 1)]


outer()
