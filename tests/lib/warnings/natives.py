# Natives that warn of deprecated use: conversions that return instances of subclasses, parts of complex numbers, throw().
import warnings


class Whole(int):
    pass


class Real(float):
    pass


class Imaginary(complex):
    pass


class Converts:
    def __init__(self, value):
        self.value = value

    def __int__(self):
        return self.value

    __index__ = __float__ = __complex__ = __int__


def show(action):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            print(repr(action()))
        except Exception as error:
            print(type(error).__name__, error)
    for warning in caught:
        print("   ", warning.category.__name__, warning.message)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            action()
        except Exception as error:
            print("   ", type(error).__name__)


show(lambda: int(Converts(Whole(3))))
show(lambda: int(Converts(True)))
show(lambda: int(Converts(3.5)))
show(lambda: [1, 2][Converts(True)])
show(lambda: float(Converts(Real(3))))
show(lambda: float(Converts(3)))
show(lambda: complex(Converts(Imaginary(3))))
show(lambda: complex(Converts(3)))
show(lambda: complex(1j, 2))
show(lambda: complex(1, 2j))
show(lambda: complex(1, Converts(3)))


def steps():
    while True:
        try:
            yield
        except ValueError as error:
            yield repr(error)


def thrown(*args):
    it = steps()
    next(it)
    return it.throw(*args)


async def waits():
    pass


show(lambda: thrown(ValueError))
show(lambda: thrown(ValueError, "text"))
show(lambda: thrown(ValueError, ValueError("text"), None))


async def streams():
    yield


def throws_into_stream():
    stream = streams()
    try:
        stream.athrow(ValueError, "text").send(None)
    except ValueError as error:
        return error


show(throws_into_stream)
