def f(a, b):
    c = a + b * 2
    c -= a
    c = -c ** b
    c = a @ b
    return (a << 1) | ~b


def updates_in_place(self, xs, i):
    self.n += 1
    xs[i] += 2
    xs[0] *= i
    self.a.b.c -= xs[i][i]
