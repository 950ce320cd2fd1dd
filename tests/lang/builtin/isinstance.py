class A:
    pass


class B(A):
    pass


b = B()
print(
    isinstance(b, A),
    isinstance(A(), B),
    isinstance(5, (str, int)),
    isinstance(5, (str, (float, (int,)))),
    isinstance(True, int),
    isinstance("", str),
    isinstance(None, type(None)),
    isinstance(B, type),
    isinstance(b, object),
)
print(
    issubclass(B, A),
    issubclass(A, B),
    issubclass(bool, int),
    issubclass(int, (str, object)),
    issubclass(A, A),
    isinstance(5, ()),
    isinstance([], list) and not isinstance((), list),
)
print(
    isinstance(5, int | str),
    isinstance(5.0, int | str | None),
    issubclass(int, int | str),
    isinstance(len, type(len)),
    isinstance(lambda: 0, type(lambda: 1)),
)
print(
    type(5) is int,
    type(5) == type(6),
    type(b).__name__,
    type("").__name__,
    type(None).__name__,
    type(type).__name__,
    type([]) in (list, tuple),
    type(3.0),
    type(print),
    type(A),
    type(b),
)


class Meta(type):
    def __instancecheck__(cls, obj):
        return obj == "magic"

    def __subclasscheck__(cls, sub):
        return sub is int


class Magic(metaclass=Meta):
    pass


print(isinstance("magic", Magic), isinstance(5, Magic), issubclass(int, Magic), issubclass(str, Magic))
for f in (
    lambda: isinstance(5, 5),
    lambda: isinstance(5),
    lambda: isinstance(5, "int"),
    lambda: issubclass(5, int),
    lambda: issubclass(int, 5),
    lambda: isinstance(5, (str, 5)),
    lambda: isinstance("x", (str, 5)),
    lambda: isinstance(1, [int]),
    lambda: type(1, 2),
    lambda: type(),
):
    try:
        print(f())
    except TypeError as error:
        print(error)
