def inner():
    yield 1
    raise ValueError("inner fails")


def outer():
    yield from inner()


list(outer())
