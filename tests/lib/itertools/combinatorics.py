from itertools import combinations, combinations_with_replacement, permutations, product

print(
    list(product("ab", [1, 2])),
    list(product([0, 1], repeat=2)),
    list(product()),
    list(product([], [1])),
    len(list(product("abc", repeat=3))),
    list(product([1, 2], "x", repeat=1)),
)
print(
    list(permutations("abc", 2)),
    list(permutations([1, 2, 3])),
    list(permutations([])),
    list(permutations([1], 2)),
    list(permutations(range(3), 0)),
)
print(
    list(combinations("abcd", 2)),
    list(combinations([1, 2], 3)),
    list(combinations("ab", 0)),
    list(combinations_with_replacement("abc", 2)),
    list(combinations(range(4), 3)),
)
print(
    ["".join(p) for p in permutations("abc")],
    sum(1 for _ in combinations(range(10), 5)),
    sum(a * b for a, b in combinations(range(5), 2)),
    next(permutations(range(100))) == tuple(range(100)),
)
for f in (
    lambda: permutations([1], -1),
    lambda: combinations([1], -1),
    lambda: combinations(5, 1),
    lambda: combinations([1]),
    lambda: product(5),
    lambda: product([1], repeat=-1),
    lambda: permutations([1], "a"),
    lambda: product([1], foo=1),
):
    try:
        f()
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
