s = {3, 1, 2}
print(
    sorted(s),
    len(s),
    1 in s,
    5 not in s,
    set(),
    {1},
    set("a"),
    sorted(set("hello")),
    sorted(set([1, 1, 2])),
    type({}),
    type({1}),
)
a, b = {1, 2, 3}, {2, 3, 4}
print(
    sorted(a | b),
    sorted(a & b),
    a - b,
    sorted(a ^ b),
    a == {3, 2, 1},
    a != b,
    a < b,
    {1} < a,
    a <= a,
    a > {1, 2},
    a >= b,
)
a |= {10}
a &= {1, 2, 10}
print(sorted(a))
a -= {1}
a ^= {2, 5}
print(
    sorted(a),
    bool(set()),
    bool(a),
    {*a, 7} == {10, 5, 7},
    {*()},
    sorted({x % 3 for x in range(9)}),
    {1, 1.0, True},
    {0, False},
)
print(
    {1, 2} == frozenset({1, 2}), {(1, 2), (1, 2)}, len({"a", "b", "a"}), max({1, 5, 3}), sum({1, 2}), {None}
)
for f in (
    lambda: {[]},
    lambda: {1} + {2},
    lambda: {1} | [2],
    lambda: {1} < [1],
    lambda: s[0],
    lambda: hash({1}),
    lambda: set(5),
    lambda: {{1}},
    lambda: set(1, 2),
    lambda: [] in s,
):
    try:
        f()
    except TypeError as error:
        print(error)
