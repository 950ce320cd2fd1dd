print(len("abc"), len([1, 2]), len({}), len(range(5)), len(b"xy"))
print(
    min(3, 1, 2),
    max(3, 1, 2),
    min([5, 4]),
    max("hello"),
    min((2,), (1, 5)),
    max([1, 2], [1, 1]),
    min({"b": 1, "a": 2}),
)
print(
    max([], default="none"),
    min((), default=None),
    max(["aa", "b"], key=len),
    min(["aa", "b"], key=len),
    max(-3, 2, key=abs),
    max([1, 1.0], key=float),
    min(1, 1.0),
)
print(
    sum([1, 2, 3]),
    sum([]),
    sum([0.1] * 10),
    sum([1, 2], 10),
    sum([[1], [2]], []),
    sum(x for x in range(5)),
    sum([1, 2.5]),
    sum((True, False)),
    sum([1], start=5),
    sum([2**70, 1]),
    sum([0.1, 0.2, 0.3]),
)
for f in (
    lambda: len(5),
    lambda: len(None),
    lambda: max(),
    lambda: max([]),
    lambda: min(5),
    lambda: max(1, "a"),
    lambda: sum("abc"),
    lambda: sum(["a"]),
    lambda: sum(5),
    lambda: sum([1], "a"),
    lambda: max(1, 2, default=3),
    lambda: max([1], foo=1),
    lambda: sum(),
    lambda: sum([[1]]),
    lambda: min([1], key=5),
    lambda: sum(["a"], "b"),
):
    try:
        f()
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
