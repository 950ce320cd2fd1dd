for f in (
    lambda: "a".upper(1),
    lambda: "a".nothing(),
    lambda: "a".nothing,
    lambda: str.upper(),
    lambda: str.upper(5),
    lambda: "a".join,
    lambda: str(1, 2, 3, 4),
    lambda: "a".encode(1),
    lambda: "abc".foo,
    lambda: "a".split(foo=1),
    lambda: "a".isdigit("x"),
):
    try:
        print(callable(f()))
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)
try:
    "a".x = 5
except AttributeError as error:
    print(error)
f = "abc".upper
print(f(), str.upper("abc"), list(map(str.strip, [" a ", "b "])), "-".join(map(str.upper, "ab")))
print(sorted(["b", "A", "c"], key=str.lower), getattr("x y", "split")())
