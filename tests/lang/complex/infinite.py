# Products and quotients with infinite parts, absolute values that are too large, powers of zero; complex.from_number.
inf, nan = float("inf"), float("nan")
values = [complex(a, b) for a in (1, inf, -inf, nan, 0) for b in (-2, inf, nan, 0)]
for x in values:
    for y in values:
        products = [x * y]
        if y:
            products.append(x / y)
        print(x, y, [f"{p.real!r} {p.imag!r}" for p in products])
for x in (complex(1e308, 1e308), complex(inf, nan), complex(3, 4)):
    try:
        print(abs(x))
    except OverflowError as error:
        print(error)
for x in (0.0, -0.0):
    print(x ** -inf)
    try:
        print(x ** -1.0)
    except ZeroDivisionError as error:
        print(error)


class Sub(complex):
    pass


class Real:
    def __float__(self):
        return 2.5


one = 1 + 2j
print(complex.from_number(one) is one, complex.from_number(3), complex.from_number(Real()), type(Sub.from_number(one)))
for wrong in ("1", None, []):
    try:
        complex.from_number(wrong)
    except TypeError as error:
        print(error)
print(int.from_bytes(type("B", (), {"__bytes__": lambda self: b"\1\2"})()))
try:
    print(int(memoryview(b"100")), int(memoryview(b"100"), 2))
except TypeError as error:
    print(error)
