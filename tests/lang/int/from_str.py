print(int("42"), int("  -17\n"), int("+5"), int("1_000"), int("0"), int("-0"), int("٣"))
print(
    int("ff", 16),
    int("0xff", 16),
    int("0b101", 2),
    int("101", 2),
    int("z", 36),
    int("0o17", 0),
    int("0x1F", 0),
)
print(int("12", base=5), int("10", 0), int(b"12"), int("123456789012345678901234567890"))
print(int(), int(3.99), int(-3.99), int(True), int(1e20))
for args in (
    ("",),
    ("abc",),
    ("12.5",),
    ("1 2",),
    ("9", 8),
    ("2", 2),
    ("1__0",),
    ("_1",),
    ("0x",),
    ("5", 37),
    ("5", 1),
    (None,),
    ([],),
    (12, 10),
    (3.5, 10),
    (float("nan"),),
    (float("inf"),),
    (b"x1",),
    ("01", 0),
):
    try:
        print(int(*args))
    except (TypeError, ValueError, OverflowError) as error:
        print(type(error).__name__, error)
