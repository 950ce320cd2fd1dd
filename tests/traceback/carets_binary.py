a, b, c = 1, "x", [2]


def f():
    return (a + 1) * 2 - b * (c + b)


f()
