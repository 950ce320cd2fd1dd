class A:
    def __init__(self):
        self.__private = 1
        self._protected = 2
        self.__dunder__ = 3

    def get(self):
        return self.__private

    def __hidden(self):
        return "A hidden"

    def call(self):
        return self.__hidden()


class B(A):
    def __init__(self):
        super().__init__()
        self.__private = 10

    def __hidden(self):
        return "B hidden"

    def both(self):
        return self.__private, self._A__private, self.__hidden()


b = B()
print(b.get(), b.both(), b.call(), sorted(b.__dict__), hasattr(b, "__private"), b._B__private)
try:
    b.__private
except AttributeError as error:
    print(error)


class _Underscore:
    def __init__(self):
        self.__x = 1


print(_Underscore().__dict__)


class C:
    __class_private = 5

    def f(self, __arg=1):
        __local = 2
        return __local + C.__class_private + __arg


print(C().f(), C._C__class_private, C().f(_C__arg=10))
