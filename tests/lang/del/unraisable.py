"""Errors in __del__ and in callbacks are reported, and stop nothing."""

import _weakref
import gc
import sys


class A:
    pass


class B:
    def __del__(self):
        raise ValueError("in del")


def callback(reference):
    raise KeyError(3)


def hook(unraisable):
    print(type(unraisable).__name__, unraisable.exc_type.__name__, unraisable.exc_value, unraisable.object)
    print(unraisable.err_msg.partition(" at 0x")[0], unraisable.exc_traceback.tb_lineno, len(unraisable))


print(sys.unraisablehook is sys.__unraisablehook__)
sys.unraisablehook = hook
a = A()
r = _weakref.ref(a, callback)
del a
gc.collect()
b = B()
del b
gc.collect()


def bad(unraisable):
    raise ValueError("in the hook")


class Written:
    text = ""

    def write(self, text):
        self.text += text

    def flush(self):
        pass


sys.unraisablehook = bad
stderr, sys.stderr = sys.stderr, Written()
b = B()
del b
gc.collect()
sys.unraisablehook = sys.__unraisablehook__
b = B()
del b
gc.collect()
written, sys.stderr = sys.stderr.text, stderr
for line in written.splitlines():
    print("|", line.partition(" at 0x")[0])
try:
    sys.unraisablehook(3)
except TypeError as error:
    print(error)
