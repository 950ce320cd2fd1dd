class Acc:
    def __init__(self):
        self.items = []

    def __iadd__(self, other):
        self.items.append(other)
        return self

    def __isub__(self, other):
        return f"replaced by {other}"

    def __mul__(self, other):
        return "from mul"


a = b = Acc()
a += 1
a += 2
print(a is b, a.items)
a *= 3
print(a)
b -= 4
print(b)


class All:
    pass


for name in (
    "add",
    "sub",
    "mul",
    "truediv",
    "floordiv",
    "mod",
    "pow",
    "matmul",
    "lshift",
    "rshift",
    "and",
    "or",
    "xor",
):
    setattr(All, f"__i{name}__", lambda self, other, name=name: print(name, other) or self)
x = All()
x += 1
x -= 2
x *= 3
x /= 4
x //= 5
x %= 6
x **= 7
x @= 8
x <<= 9
x >>= 10
x &= 11
x |= 12
x ^= 13


class Holder:
    pass


h = Holder()
h.acc = Acc()
h.acc += "attr"
d = {"k": Acc()}
d["k"] += "item"
print(h.acc.items, d["k"].items)
for n in range(2):
    h.n = n
    h.n += 1
try:
    h += 1
except TypeError as error:
    print(error)
t = (1, 2)
u = t
t += (3,)
print(t, u)
