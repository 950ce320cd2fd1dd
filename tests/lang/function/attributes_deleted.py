# What of a function can be deleted or replaced, and what `dir` of a bound method has.
def f(a=1, *, b=2):
    """Documentation."""
    return a, b


del f.__doc__, f.__defaults__, f.__kwdefaults__
print(f.__doc__, f.__defaults__, f.__kwdefaults__)
for name in "__code__", "__name__", "__qualname__", "__dict__":
    try:
        delattr(f, name)
    except TypeError as error:
        print(error)
f.old = 1
f.__dict__ = {"new": 2}
print(f.new, hasattr(f, "old"), f.__dict__)
try:
    f.__dict__ = 3
except TypeError as error:
    print(error)


def cell_of(x):
    return (lambda: x).__closure__[0]


cell = cell_of(1)
del cell.cell_contents
try:
    cell.cell_contents
except ValueError as error:
    print(error)


class A:
    def method(self):
        return self


A.method.known = "yes"
a = A()
print("known" in dir(a.method), a.method.known, a.method.__defaults__, a.method.__get__(3, int)() is a)
