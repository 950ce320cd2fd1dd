class Adder:
    def __init__(self, n):
        self.n = n

    def __call__(self, x, *rest, scale=1):
        return (x + self.n + sum(rest)) * scale


a = Adder(10)
print(
    a(5),
    a(1, 2, 3),
    a(1, scale=2),
    callable(a),
    callable(5),
    callable(Adder),
    callable(print),
    list(map(a, [1, 2])),
)
print(a.__call__(1), Adder.__call__(a, 1), sorted([3, 1], key=Adder(0)))
a.__call__ = lambda x: "instance attribute is not used"
print(a(1))
for f in (lambda: a(), lambda: a(1, scal=2), lambda: Adder(1)(2)(3)):
    try:
        f()
    except TypeError as error:
        print(error)


class Meta(type):
    def __call__(cls, *args):
        print("Meta.__call__", args)
        return super().__call__(*args)


class C(metaclass=Meta):
    def __new__(cls, *args):
        print("__new__", args)
        return super().__new__(cls)

    def __init__(self, *args):
        print("__init__", args)


c = C(1, 2)
print(type(c).__name__)
