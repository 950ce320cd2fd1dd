def nothing():
    pass


def bare():
    return


def early(n):
    if n:
        return "early"
    print("late")


def from_loop():
    for i in range(10):
        while True:
            if i == 3:
                return i
            break


def several():
    return 1, *[2, 3]


def nested():
    def inner():
        return "inner"

    return inner


def conditional(x):
    return "pos" if x > 0 else "neg" if x < 0 else "zero"


print(nothing(), bare(), early(1), early(0), from_loop(), several(), nested()(), conditional(-3))
print([conditional(x) for x in (-1, 0, 1)], nothing() is None)
f = nothing
print(f.__name__, f is nothing, callable(f), f.__doc__, several.__code__.co_argcount)


def documented():
    """The doc."""
    return documented.__doc__


print(documented(), documented.__doc__)
documented.attr = 5
print(
    documented.attr,
    documented.__dict__,
    documented.__module__,
    early.__code__.co_varnames,
    early.__code__.co_name,
)
try:
    documented.missing
except AttributeError as error:
    print(error)
print((lambda: 0).__name__, type(nothing), type(lambda: 0).__name__, type(print).__name__)
