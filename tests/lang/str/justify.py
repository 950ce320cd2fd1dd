print(
    "ab".ljust(5) + "|",
    "ab".rjust(5) + "|",
    "ab".center(5) + "|",
    "abc".center(6, "*"),
    "abc".center(7, "*"),
    "a".center(4, "."),
    "ab".center(5, "."),
)
print("ab".ljust(5, "."), "ab".rjust(5, "-"), "abc".ljust(2), "abc".rjust(-1), "é".rjust(3, "日"))
print(
    "42".zfill(5), "-42".zfill(5), "+42".zfill(5), "42".zfill(1), "".zfill(3), "--1".zfill(5), "abc".zfill(5)
)
for f in (
    lambda: "a".ljust(),
    lambda: "a".ljust("x"),
    lambda: "a".center(5, "ab"),
    lambda: "a".rjust(5, 1),
    lambda: "a".zfill("3"),
):
    try:
        f()
    except TypeError as error:
        print(error)
