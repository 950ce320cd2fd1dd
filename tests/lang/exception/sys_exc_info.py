import sys

print(sys.exc_info())
try:
    1 / 0
except ZeroDivisionError as e:
    kind, value, tb = sys.exc_info()
    print(kind is ZeroDivisionError, value is e, tb is e.__traceback__, tb.tb_lineno, tb.tb_next)
    print(sys.exception() is e)
    try:
        raise KeyError("k")
    except KeyError:
        print(sys.exception())
    print(sys.exception())
print(sys.exception(), sys.exc_info())


def in_function():
    return sys.exception()


try:
    raise ValueError("visible")
except ValueError:
    print(repr(in_function()))
try:
    pass
finally:
    print(sys.exception())
