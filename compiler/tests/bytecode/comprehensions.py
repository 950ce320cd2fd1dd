def f(xs):
    squares = [x * x for x in xs if x]
    pairs = {k: v for k, v in xs}
    flat = {y for x in xs for y in x}
    late = [lambda: x for x in xs]
    return sum(x for x in squares)


class C:
    n = 2
    doubled = [x * m for x in range(n)]


names = [name for name in vars()]
