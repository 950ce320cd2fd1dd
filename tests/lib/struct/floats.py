# How floats of two and four bytes are rounded, and that what is no number keeps its payload.
import math
from _struct import pack, unpack


def attempt(format, value):
    try:
        print(format, value, pack(format, value).hex())
    except Exception as exception:
        print(format, value, type(exception).__name__, exception)


for bits in "0000807f", "010080ff", "0100a07f", "0000c07f", "ffffffff":
    value = unpack("<f", bytes.fromhex(bits))[0]
    print(value, pack("<d", value).hex(), pack("<f", value).hex(), pack("<e", value).hex())
for bits in "007c", "017c", "00fe", "01fd", "0100", "ff03", "0004", "ff7b", "0080":
    value = unpack("<e", bytes.fromhex(bits))[0]
    print(value, pack("<d", value).hex(), pack("<e", value).hex())
for value in [
    65504.0, 65519.999, 65520.0, -65520.0, 1e-8, 5.96e-8, 2.98e-8, 2.9802322387695312e-08, 2.980232238769532e-08, 6.1e-5,
    0.1, 1 / 3, 2049.0, 2051.0, -0.0, math.inf, -math.inf, 6.10351562e-05, 1 + 2**-11, 1 + 2**-11 + 2**-40,
    1 + 3 * 2**-11, 1e6,
]:
    attempt("<e", value)
    attempt(">e", value)
for value in 3.4028234663852886e38, 3.4028235677973366e38, 3.5e38, 1e-46, 1e-45, 0.1, -0.0, math.inf:
    attempt("<f", value)
    attempt("f", value)
for half in range(0, 65536, 257):
    value = unpack(">e", half.to_bytes(2))[0]
    assert pack(">e", value) == half.to_bytes(2) or math.isnan(value)
for value in 1e39, 1e39 + 0j, 1 + 1e39j, 2**128:
    for format in "F", "<F", ">F":
        attempt(format, value)

# Formats that mean C's own types make what is no number a quiet one.
for format in "f <f >f e <e >e d <d >d F <F >F D <D >D".split():
    for bits in "7f800001", "ff800001", "7fbfffff", "7fc00001", "ffb7b8f8":
        size = len(pack(format, 0))
        packed = (bytes.fromhex(bits) * 4)[:size]
        if format[0] != ">":
            packed = packed[::-1]
        value, = unpack(format, packed)
        print(format, packed.hex(), pack(format, value).hex(), pack("<D", value).hex())
value, = unpack("<f", bytes.fromhex("0100807f"))
other, = unpack("<d", bytes.fromhex("010000000000f07f"))
both, = unpack("<D", bytes.fromhex("000000200000f07f000000200000f0ff"))
for format in "f <f >f e <e >e d <d >d".split():
    print(format, pack(format, value).hex(), pack(format, other).hex())
for format in "F <F >F D <D >D".split():
    print(format, pack(format, both).hex())
