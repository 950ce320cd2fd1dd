print(
    list(map(str, [1, 2])),
    list(map(lambda x, y: x * y, [1, 2, 3], [4, 5])),
    list(map(len, ["a", "bb"])),
    list(map(None.__class__, [])),
    sum(map(int, "123")),
)
print(
    list(filter(None, [0, 1, "", "a", None])),
    list(filter(lambda x: x % 2, range(6))),
    list(filter(str.isdigit, "a1b2")),
    "".join(filter(str.isalpha, "a1b2")),
)
m = map(print, [1, 2])
print("lazy")
next(m)
print(type(m).__name__, next(m), next(m, "end"))
a, b = map(int, "3 4".split())
print(
    a + b,
    max(map(abs, [-5, 3])),
    list(map(max, [1, 5], [4, 2])),
    dict(map(lambda x: (x, x * x), range(3))),
    list(map(lambda a, b: (a, b), [1, 2], [3, 4], strict=True)),
)
for f in (
    lambda: map(),
    lambda: map(len),
    lambda: list(map(5, [1])),
    lambda: map(len, 5),
    lambda: filter(len),
    lambda: list(filter(5, [1])),
    lambda: filter(None, 5),
    lambda: list(map(int, ["x"])),
    lambda: list(map(lambda: 0, [1])),
    lambda: list(map(max, [1], [1, 2], strict=True)),
):
    try:
        f()
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
