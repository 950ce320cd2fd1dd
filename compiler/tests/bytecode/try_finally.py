def f(g, xs):
    try:
        return g()
    finally:
        g.close()


def loop(xs):
    for x in xs:
        try:
            if x:
                break
            x()
        finally:
            x.close()


def overrides():
    try:
        raise ValueError from None
    finally:
        return 1
