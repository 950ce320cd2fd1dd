def f(g, o, xs, kw):
    g()
    x = g(1, o.attribute)
    o.method(x, key=1)
    g(x, a=1, b=x)
    g(*xs, **kw)
    g(1, *xs, a=2, **kw, b=3)
    o.method(*xs)
    return g(o.chained(1).call(g(x)))
