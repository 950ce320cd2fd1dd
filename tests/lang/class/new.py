class Positive(int):
    def __new__(cls, value):
        if value < 0:
            raise ValueError("must be positive")
        return super().__new__(cls, value * 2)


p = Positive(5)
print(p, p + 1, type(p).__name__, type(p + 1).__name__, isinstance(p, int))
try:
    Positive(-1)
except ValueError as error:
    print(error)


class Single:
    instance = None

    def __new__(cls, *args):
        if cls.instance is None:
            cls.instance = super().__new__(cls)
        return cls.instance

    def __init__(self, x=None):
        self.x = x


a, b = Single(1), Single(2)
print(a is b, a.x)


class Other:
    def __new__(cls):
        return "not an instance"

    def __init__(self):
        print("never called")


print(Other())


class NoInit:
    def __new__(cls, x):
        self = object.__new__(cls)
        self.x = x
        return self


print(NoInit(3).x)


class BadInit:
    def __init__(self):
        return 5


for f in (
    BadInit,
    lambda: object(1),
    lambda: NoInit(),
    lambda: object.__new__(5),
    lambda: int.__new__(str),
    lambda: object.__new__(int),
):
    try:
        f()
    except TypeError as error:
        print(error)
