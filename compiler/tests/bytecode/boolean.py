def f(a, b, c):
    x = a or b
    y = a and b or c
    z = not a
    return x if y and z else (w := a)
