print(callable(exit), callable(quit), type(exit).__name__)
print(NotImplemented, Ellipsis, ..., None, __name__, __debug__)
print(
    type(NotImplemented).__name__,
    type(...).__name__,
    type(None).__name__,
    repr(...),
    None is None,
    ... is Ellipsis,
)
try:
    bool(NotImplemented)
except TypeError as error:
    print(error)
print(__file__.endswith("singletons.py"), __doc__, __builtins__ is not None)
for f in (
    lambda: None.x,
    lambda: (none := None)[0],
    lambda: None + 1,
    lambda: len(None),
    lambda: (none := None)(),
    lambda: iter(None),
    lambda: None < 1,
    lambda: -None,
    lambda: int(None),
    lambda: [1, 2][(none := None)],
):
    try:
        f()
    except (AttributeError, TypeError) as error:
        print(type(error).__name__, error)
