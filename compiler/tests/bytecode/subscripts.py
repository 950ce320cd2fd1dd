def f(xs, i):
    xs[0] = xs[i]
    xs[1:i] = xs[::2]
    del xs[i], xs[-1]
    return xs[i][1, 2:3]
