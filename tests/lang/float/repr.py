for x in (
    0.1,
    1.0,
    -0.0,
    100.0,
    1e16,
    1e15,
    123456789.123456789,
    1e-4,
    1e-5,
    1.5e300,
    5e-324,
    1.7976931348623157e308,
    0.1 + 0.2,
    1 / 3,
    2 / 3,
    1e22,
    1e23,
    9007199254740993.0,
    3.14,
    1e100,
    -2.5,
    12345678901234567890.0,
    1e16 + 2,
):
    print(repr(x), str(x), end="; ")
print()
print(float("inf"), -float("inf"), float("nan"), [float("inf")], 1e309, -1e309)
print(1.0, 0.5, 1e3, 1e-3, 1_0.5_0, 0e0, 5e-1)
print(type(1.0), (1.0).is_integer(), (1.5).is_integer(), (0.5).as_integer_ratio(), (1.5).real)
