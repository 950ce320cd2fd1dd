import sys


def hook(t, v, tb):
    {}["x"]


sys.excepthook = hook


def f():
    raise ValueError("original")


f()
