def f(a, b, c):
    x = y = a
    a, b = b, a
    a, b, c = b, c, a + b
    c.x, c[0] = a, b
    x = a if b else c
    return x, y


def walrus(a):
    return a + (a := 2) + a
