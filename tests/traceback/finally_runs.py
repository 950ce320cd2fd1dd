import sys


def f():
    try:
        raise ValueError("from try")
    finally:
        print("finally", file=sys.stderr)


f()
