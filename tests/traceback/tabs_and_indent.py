def f():
        if True:
                x = [1, 2]
                return x[0] + x[5]


f()
