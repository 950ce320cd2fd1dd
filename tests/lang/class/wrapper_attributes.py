# classmethod and staticmethod tell what the function tells that they wrap, and take attributes of their own.
def function(arg: int) -> str:
    """What it does."""


for kind in classmethod, staticmethod:
    method = kind(function)
    print(method.__module__, method.__name__, method.__qualname__, method.__doc__)
    print(sorted(method.__dict__), method.__wrapped__ is function)
    print(method.__annotations__, "__annotations__" in method.__dict__)
    method.__annotations__ = {"a": 1}
    print(method.__annotations__, function.__annotations__)
    del method.__annotations__
    print(method.__annotations__, method.__annotate__ is function.__annotate__)
    method.note = "kept"
    print(method.note)
    del method.note
    print(hasattr(method, "note"))

    class Lazy(kind):
        def __init__(self, function):
            pass

    lazy = Lazy(function)
    print(repr(lazy), lazy.__func__, lazy.__wrapped__)
    try:
        del lazy.__annotations__
    except AttributeError as error:
        print(error)
    for args in (), (1, 2):
        try:
            kind(*args)
        except TypeError as error:
            print(error)


class Made:
    def __new__(cls, x, y):
        return None


print(Made.__dict__["__new__"].__annotations__)
