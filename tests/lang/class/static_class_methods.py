class C:
    count = 0

    @staticmethod
    def add(a, b=1):
        return a + b

    @classmethod
    def create(cls, *args):
        cls.count += 1
        return cls, args

    @classmethod
    def name(cls):
        return cls.__name__


class D(C):
    pass


print(
    C.add(1),
    C().add(1, 2),
    C.create(1)[0] is C,
    D.create()[0] is D,
    C().create()[1],
    C.count,
    D.count,
    D.name(),
    D().name(),
)
f = C.create
print(
    f()[0].__name__,
    f.__self__ is C,
    f.__func__.__name__,
    callable(C.add),
    C.add is C.add,
    C.__dict__["add"].__func__(5),
    type(C.__dict__["name"]).__name__,
)
s = staticmethod(lambda x: x * 2)
print(s(4), s.__func__(3))


class Alternative:
    def __init__(self, value):
        self.value = value

    @classmethod
    def from_string(cls, text):
        return cls(int(text))

    def plain(x):
        return x

    explicit = staticmethod(plain)


print(Alternative.from_string("5").value, Alternative.explicit(7), Alternative.plain(8))
for g in (
    lambda: C.add(),
    lambda: Alternative.from_string(),
    lambda: staticmethod(),
    lambda: classmethod(5).__get__(1)(),
):
    try:
        g()
    except TypeError as error:
        print(error)
