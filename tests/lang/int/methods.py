print((5).conjugate(), (5).numerator, (5).denominator, (5).real, (5).imag)
print(
    (1024).to_bytes(2, "big"),
    (1024).to_bytes(4, "little"),
    (5).to_bytes(),
    (-2).to_bytes(2, "big", signed=True),
)
print(
    int.from_bytes(b"\x04\x00", "big"),
    int.from_bytes(b"\x00\x04", "little"),
    int.from_bytes(b"\xff", "big", signed=True),
)
print((7).is_integer(), (7).as_integer_ratio(), (-7).__abs__(), abs(-(2**80)))
print(int.__add__(2, 3), (2).__mul__(3), (2).__eq__(2), (2).__eq__("a"), (2).__lt__(3))
try:
    (300).to_bytes(1, "big")
except OverflowError as error:
    print(error)
try:
    (-1).to_bytes(1, "big")
except OverflowError as error:
    print(error)
print(isinstance(True, int), isinstance(1, bool), int is type(1), type(True) is bool)
