class A:
    def who(self):
        return ["A"]


class B(A):
    def who(self):
        return ["B"] + super().who()


class C(A):
    def who(self):
        return ["C"] + super().who()


class D(B, C):
    def who(self):
        return ["D"] + super().who()


class E(C, B):
    def who(self):
        return ["E"] + super().who()


def names(cls):
    return [c.__name__ for c in cls.__mro__]


print(D().who(), E().who(), names(D), names(E), [c.__name__ for c in D.mro()])


class X:
    attr = "X"


class Y:
    attr = "Y"
    only_y = 1


class Z(X, Y):
    pass


print(Z.attr, Z().only_y, names(Z))
try:

    class Bad(D, E):
        pass
except TypeError as error:
    print(error)
try:

    class Bad2(A, B):
        pass
except TypeError as error:
    print(error)
try:

    class Bad3(A, A):
        pass
except TypeError as error:
    print(error)
try:

    class Bad4(5):
        pass
except TypeError as error:
    print(error)


class Mixin:
    def save(self):
        return "saved " + self.name()


class Model(Mixin, A):
    def name(self):
        return "model"


print(Model().save(), super(B, D()).who(), super(D, D()).who())
