print("before")


class C:
    print("executing body")
    x = 1
    y = x + 1
    if y > 1:
        z = "conditional"
    for i in range(3):
        pass

    def method(self):
        return self.x

    alias = method
    items = [x] * 3

    class Inner:
        value = "inner"

        def get(self):
            return C.x

    del i
    names = sorted(n for n in locals() if not n.startswith("_"))


print(
    C.x,
    C.y,
    C.z,
    hasattr(C, "i"),
    C().alias(),
    C.items,
    C.Inner.value,
    C.Inner().get(),
    C.Inner.__qualname__,
    C.names,
)
print(sorted(k for k in C.__dict__ if not k.startswith("__")), [n for n in dir(C) if not n.startswith("_")])


def factory(n):
    class Local:
        value = n

        def get(self):
            return n, self.value

    return Local


A, B = factory(1), factory(2)
print(A().get(), B().get(), A is B, A.__qualname__, A.get.__qualname__)
x = "module"


class Scoped:
    x = x
    y = [x for _ in range(2)]

    def f(self):
        return x


print(Scoped.x, Scoped.y, Scoped().f())
C.added = 5
del C.added
try:
    C.added
except AttributeError as error:
    print(error)
try:
    del C.added
except AttributeError as error:
    print(error)
try:
    int.x = 1
except TypeError as error:
    print(error)
print(C, C.Inner, A, repr(C).startswith("<class"))
