x = 5
del x
try:
    x
except NameError as error:
    print(error)
a = [0, 1, 2, 3, 4, 5]
del a[0]
del a[-1], a[1:3]
print(a)
d = {"k": 1, "l": 2}
del d["k"]
print(d)


class C:
    pass


c = C()
c.attr = 1
del c.attr
print(hasattr(c, "attr"))


def f():
    y = 1
    del y
    try:
        return y
    except UnboundLocalError as error:
        return str(error)


print(f())
p, q = 1, 2
del (p, q)
for f in (lambda: d["missing"], lambda: c.attr):
    try:
        f()
    except Exception as error:
        print(type(error).__name__, error)
try:
    del d["gone"]
except KeyError as error:
    print(repr(error))
try:
    del c.gone
except AttributeError as error:
    print(error)
try:
    del a[10]
except IndexError as error:
    print(error)
try:
    del undefined
except NameError as error:
    print(error)
