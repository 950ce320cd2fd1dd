def f(xs):
    yield
    x = yield 1
    for x in xs:
        yield x
    y = yield from xs
    return y
