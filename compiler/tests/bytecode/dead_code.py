def f():
    return 1
    print("never")


def g(x):
    if x:
        raise x
    else:
        return x
    print("never")
