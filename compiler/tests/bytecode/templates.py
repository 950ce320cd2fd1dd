def f(x, spec):
    t"a{x}b{x!r:>{spec}}"
    return t"{x + 1 = }"
