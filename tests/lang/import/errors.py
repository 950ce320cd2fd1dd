def attempt(f):
    try:
        f()
    except Exception as error:
        print(
            type(error).__name__,
            str(error).replace(error.path or "<no path>", "<path>")
            if isinstance(error, ImportError)
            else error,
        )


def missing():
    import not_a_module


def missing_sub():
    import math.nothing


def missing_name():
    from _helper import nothing


def missing_in_package():
    from _package import nothing


def missing_package_sub():
    import _package.nothing


def failing():
    import _failing


def relative():
    from . import x


def cycle():
    import _cycle_from_a


for f in (
    missing,
    missing_sub,
    missing_name,
    missing_in_package,
    missing_package_sub,
    failing,
    relative,
    cycle,
):
    attempt(f)
import sys

print("_failing" in sys.modules)
attempt(failing)
