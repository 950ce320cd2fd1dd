class MyGroup(ExceptionGroup):
    pass


def f():
    raise MyGroup("mine", [ValueError(1), SyntaxError("bad", ("f.py", 1, 2, "a b", 1, 3))])


try:
    f()
except MyGroup as m:
    raise ExceptionGroup("second", [m, m]) from None
