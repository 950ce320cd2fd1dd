print(
    abs(-5),
    abs(5),
    abs(-2.5),
    abs(-0.0),
    abs(True),
    abs(-(2**70)),
    divmod(17, 5),
    divmod(-17, 5),
    divmod(17.5, 5),
    divmod(2**70, 3),
    pow(2, 3),
    pow(2, 3, 5),
)


class A:
    def __abs__(self):
        return "abs called"

    def __divmod__(self, other):
        return "divmod called"


print(abs(A()), divmod(A(), 1))
for f in (
    lambda: abs("a"),
    lambda: abs(),
    lambda: abs(1, 2),
    lambda: divmod(1),
    lambda: divmod("a", 1),
    lambda: divmod(5, 0),
    lambda: divmod(5.0, 0),
    lambda: pow(1),
    lambda: pow("a", 1),
    lambda: abs(None),
):
    try:
        f()
    except (TypeError, ZeroDivisionError) as error:
        print(type(error).__name__, error)
