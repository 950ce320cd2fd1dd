def f(xs, o):
    a, b = xs
    (c, d), *e = xs
    o.x, o[0] = xs
    first, *middle, last = xs
    return [*a, 1, *b], (*a, b), {*a}, {"k": 1, **b}
