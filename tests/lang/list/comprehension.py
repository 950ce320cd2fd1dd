print(
    [x * 2 for x in range(5)],
    [x for x in range(10) if x % 2],
    [x for x in range(20) if x % 2 if x % 3],
    [(x, y) for x in range(3) for y in range(x)],
)
print(
    [[i * j for j in range(3)] for i in range(3)],
    [c.upper() for c in "abc"],
    [a + b for a, b in [(1, 2), (3, 4)]],
    [x if x > 1 else -x for x in range(4)],
)
x = "outer"
squares = [x**2 for x in range(3)]
print(x, squares)
matrix = [[1, 2], [3, 4]]
print(
    [v for row in matrix for v in row],
    [[row[i] for row in matrix] for i in range(2)],
    [*range(3), *[9]],
    [y for y, *z in [(1, 2, 3)]],
)
funcs = [lambda: i for i in range(3)]
print([f() for f in funcs])
print(
    {k: v for k, v in zip("abc", range(3))},
    {v: k for k, v in {"a": 1}.items()},
    sorted({x % 3 for x in range(10)}),
    {x: [y for y in range(x)] for x in range(3)},
)
print(
    list(x for x in range(3)),
    sum(x for x in range(4)),
    tuple(x for x in "ab"),
    dict((i, i * i) for i in range(3)),
    any(x > 2 for x in range(4)),
)


def f(n):
    return [n + i for i in range(n) if i != n - 1]


class C:
    items = [1, 2]
    doubled = [i * 2 for i in items]


print(f(4), C.doubled, hasattr(C, "i"))
try:
    [undefined_thing for _ in range(1)]
except NameError as error:
    print(error)
try:
    i_inside = [q for q in range(3)]
    q
except NameError as error:
    print(error)


class D:
    n = 2
    try:
        bad = [n for _ in range(2)]
    except NameError as error:
        print(error)
