def T(f):
    try:
        print(f())
    except BaseException as e:
        print(type(e).__name__, e)


def g():
    try:
        raise ValueError(1)
    except (ValueError, 5):
        print("caught")


T(g)


def h():
    try:
        raise KeyError(1)
    except (ValueError, 5):
        print("caught")


T(h)


def i():
    try:
        raise KeyError(1)
    except 5:
        print("caught")


T(i)


def j():
    try:
        raise KeyError(1)
    except (ValueError, (KeyError, TypeError)):
        print("caught nested")


T(j)
T(lambda: ValueError().add_note(5))
T(lambda: ValueError(1).with_traceback(5))
T(lambda: setattr(ValueError(), "__cause__", 5))
T(lambda: setattr(ValueError(), "__context__", 5))
T(lambda: setattr(ValueError(), "__traceback__", 5))
T(lambda: setattr(ValueError(), "args", 5))


def k():
    class Local:
        pass

    with Local():
        pass


T(k)


def l():
    class Half:
        def __enter__(self):
            return 1

    with Half():
        pass


T(l)


def l2():
    class AC:
        def __aenter__(self):
            return 1

        def __aexit__(self, *a):
            return 1

    with AC():
        pass


T(l2)


def m():
    with 5:
        pass


T(m)


def n():
    raise 5


T(n)


def o():
    raise ValueError from 5


T(o)


def p():
    raise int


T(p)


def q():
    class E(Exception):
        def __new__(cls):
            return 5

    raise E


T(q)
