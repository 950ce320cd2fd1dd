class A:
    def __add__(self, other):
        print("A.__add__", end=" ")
        return NotImplemented

    def __radd__(self, other):
        print("A.__radd__", end=" ")
        return "A.radd"


class B:
    def __radd__(self, other):
        print("B.__radd__", end=" ")
        return NotImplemented


class Sub(A):
    def __radd__(self, other):
        print("Sub.__radd__", end=" ")
        return "sub first"


class Int(int):
    def __add__(self, other):
        return f"Int+{other}"

    def __radd__(self, other):
        return f"{other}+Int"


print(5 + A(), A() + Sub(), Int(3) + 4, 4 + Int(3), Int(1) + Int(2))
for f in (
    lambda: A() + B(),
    lambda: A() + A(),
    lambda: B() + 5,
    lambda: A() + 5,
    lambda: 5 + B(),
    lambda: B() - B(),
    lambda: A() + "s",
    lambda: A() ** 2,
    lambda: B() @ 1,
    lambda: divmod(B(), 1),
    lambda: -B(),
):
    try:
        f()
    except TypeError as error:
        print(error)
