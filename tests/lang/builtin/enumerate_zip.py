print(
    list(enumerate("ab")),
    list(enumerate([1, 2], 5)),
    list(enumerate("x", start=-1)),
    next(enumerate("q")),
    list(enumerate([])),
    dict(enumerate("ab")),
)
print(
    list(zip([1, 2], "ab")),
    list(zip([1, 2, 3], "ab")),
    list(zip()),
    list(zip("abc")),
    list(zip(range(2), range(2), range(2))),
    dict(zip("ab", [1, 2])),
    list(zip(*[(1, 2), (3, 4)])),
)
print(
    list(zip([1, 2], "ab", strict=True)),
    [i * x for i, x in enumerate([5, 6])],
    [a + b for a, b in zip([1, 2], [3, 4])],
    type(zip()).__name__,
    type(enumerate([])).__name__,
)
it = iter([1, 2, 3, 4])
print(list(zip(it, it)))
a, b = iter("abc"), iter("xy")
print(list(zip(a, b)), next(a, "exhausted"))
for i, (x, y) in enumerate(zip("ab", "cd")):
    print(i, x, y)
for f in (
    lambda: list(zip([1], [1, 2], strict=True)),
    lambda: list(zip([1, 2], [1], strict=True)),
    lambda: list(zip([1, 2], [1, 2], [1], strict=True)),
    lambda: zip(5),
    lambda: zip([1], 5),
    lambda: enumerate(5),
    lambda: enumerate(),
    lambda: enumerate([], "a"),
    lambda: zip([1], foo=1),
    lambda: enumerate([], foo=1),
):
    try:
        f()
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
