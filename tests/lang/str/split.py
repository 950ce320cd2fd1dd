print(
    "a b c".split(),
    "  a   b\t\nc  ".split(),
    "".split(),
    "   ".split(),
    "a,b,,c".split(","),
    ",".split(","),
    "".split(","),
)
print(
    "a b c d".split(None, 2),
    "a  b  c".split(" "),
    "a,b,c".split(",", 1),
    "a,b,c".split(",", -1),
    "abc".split("b"),
    "aXXbXXc".split("XX"),
)
print(
    "a b c".rsplit(None, 1),
    "a,b,c".rsplit(",", 1),
    "  a b ".rsplit(),
    "a,b,c".rsplit(","),
    "a b".split(sep=" "),
    "a b c".split(maxsplit=1),
)
print("  a  b  c ".split(None, 1), "  a  b  c ".rsplit(None, 1), "a b".split(None, 0), "x".split("x"))
for f in (
    lambda: "a".split(""),
    lambda: "a".split(1),
    lambda: "a".split(",", "x"),
    lambda: "a".split(",", 1, 2),
    lambda: "a".split(sep=b","),
):
    try:
        f()
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
