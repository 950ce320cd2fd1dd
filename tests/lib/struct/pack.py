# Every code with values of every kind, in both byte orders.
from _struct import pack, unpack, error


class Index:
    def __init__(self, value):
        self.value = value

    def __index__(self):
        if isinstance(self.value, Exception):
            raise self.value
        return self.value


class Float:
    def __init__(self, value):
        self.value = value

    def __float__(self):
        if isinstance(self.value, Exception):
            raise self.value
        return self.value


class Complex:
    def __complex__(self):
        return 1 + 2j


class Truth:
    def __bool__(self):
        raise KeyError("truth")


class Whole(int):
    pass


def attempt(format, value):
    try:
        packed = pack(format, value)
    except Exception as exception:
        return type(exception).__name__, str(exception)
    again = unpack(format, packed)
    assert pack(format, *again) == packed, (format, value)
    return packed.hex(), again


values = [0, -1, 1, True, None, "a", b"a", b"ab", bytearray(b"abc"), 1.5, 1j, 10**400, 1e39, 1e39 + 1j]
for bits in 7, 8, 15, 16, 31, 32, 63, 64:
    values += [1 << bits, (1 << bits) - 1, -(1 << bits), -(1 << bits) - 1]
made = {
    "Index(7)": Index(7), "Index(2**70)": Index(2**70), "Index(-2**70)": Index(-2**70), "Index('x')": Index("x"),
    "Index(KeyError)": Index(KeyError("k")), "Float(2.5)": Float(2.5), "Float(1e300)": Float(1e300),
    "Float(KeyError)": Float(KeyError("k")), "Complex": Complex(), "Truth": Truth(), "Whole(2**65)": Whole(2**65),
    "object": object(),
}
for code in "cbBhHiIlLqQnNefdFDsp?P":
    for order in "@<>":
        if code in "nNP" and order != "@":
            continue
        for value in values:
            print(order + code, value if value != 10**400 else "10**400", *attempt(order + code, value))
        for name, value in made.items():
            print(order + code, name, *attempt(order + code, value))
