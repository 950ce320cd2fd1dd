import sys


def hook(t, v, tb):
    print("last", sys.last_exc is v, sys.last_value is v, sys.last_type is t)
    sys.__excepthook__(t, v, tb)


sys.excepthook = hook
1 / 0
