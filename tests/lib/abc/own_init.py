# An abstract class with an __init__ of its own makes no instances either; a metaclass's __call__ that does not bind.
import abc
from typing import TypedDict


class Shape(abc.ABC):
    def __init__(self, name):
        print("made", name)

    @abc.abstractmethod
    def area(self):
        pass


class Square(Shape):
    def area(self):
        return 1


def make(kind, *args):
    try:
        return kind(*args).area()
    except TypeError as error:
        return error


for _ in range(3):
    print(make(Shape, "x"), make(Shape), make(Square, "y"))
Square.__abstractmethods__ = frozenset({"area"})
print(make(Square, "z"))
Square.__abstractmethods__ = frozenset()
print(make(Square, "z"))


class Meta(type):
    __call__ = dict


class Made(metaclass=Meta):
    pass


class Options(TypedDict, total=False):
    size: int


for _ in range(2):
    print(Made(a=1), Options(size=3), Options({"size": 4}))
