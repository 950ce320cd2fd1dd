f = frozenset([1, 2, 2])
print(
    f,
    frozenset(),
    frozenset("a"),
    len(f),
    1 in f,
    f | {3} == frozenset({1, 2, 3}),
    type(f | {3}).__name__,
    type({3} | f).__name__,
    f & {1},
    f - {1},
    f ^ {1},
)
print(
    {f: "v"}[frozenset([2, 1])],
    hash(f) == hash(frozenset([2, 1])),
    f == {1, 2},
    f <= {1, 2},
    f.union([5]) == {1, 2, 5},
    f.copy() is f,
    {frozenset([1]), frozenset([1])},
)
print(
    frozenset({1, 2}) in {frozenset({1, 2})},
    {1, 2} in {frozenset({1, 2})},
    f.isdisjoint([9]),
    sorted(f),
    repr(frozenset({"x"})),
)
x = f
x |= {9}
print(sorted(x), len(f))
for g in (
    lambda: f.add(1),
    lambda: f.remove,
    lambda: frozenset(1),
    lambda: hash(frozenset([[]])),
    lambda: f[0],
):
    try:
        g()
    except Exception as error:
        print(type(error).__name__, error)
