"""What raises among the bases of a generic class, and in a bound, shows where in a traceback."""

import sys

try:
    import typing
except ImportError:
    typing = sys.modules["typing"] = type(sys)("typing")
    typing._GenericAlias = lambda origin, parameters: object


def f[T: 1 / 0](): ...


try:
    f.__type_params__[0].__bound__
except ZeroDivisionError:

    class C[T](object, option=missing): ...
