t = (1, 2, 3)
print(
    t,
    (),
    (1,),
    1,
    (1, 2),
    tuple("ab"),
    tuple([1]),
    tuple(),
    t[0],
    t[-1],
    t[1:],
    t[::-1],
    len(t),
    t + (4,),
    t * 2,
    2 * (0,),
    2 in t,
    t.count(2),
    t.index(3),
)
print(
    t == (1, 2, 3),
    t == [1, 2, 3],
    (1, 2) < (1, 3),
    (1,) < (1, 0),
    () < (0,),
    (1, "a") == (1, "a"),
    hash((1, 2)) == hash((1, 2)),
    {(1, 2): "v"}[(1, 2)],
    {(1, 2): "v"}[1, 2],
)
a, b = (1, 2)
(c, (d, e)) = 1, (2, 3)
print(
    a,
    b,
    c,
    d,
    e,
    (1, 2, *[3, 4], *"x"),
    ((1, 2), [3]),
    bool(()),
    bool((0,)),
    max(t),
    sum(t),
    sorted((2, 1)),
    list(t),
    t.index(2, 1),
)


def pair():
    return 1, 2


print(
    pair(),
    type(pair()),
    (yes := 1, 2),
    (lambda: (1, 2))(),
    isinstance((), tuple),
    tuple(x * 2 for x in t),
    t is tuple(t),
    t[:] == t,
)
nested = ([1], 2)
nested[0].append(5)
print(nested)
t += (9,)
print(t)
for f in (
    lambda: t[10],
    lambda: t["a"],
    lambda: t + [1],
    lambda: t * 1.5,
    lambda: t.index(100),
    lambda: t.append,
    lambda: hash(([],)),
    lambda: (1,) < ("a",),
    lambda: tuple(5),
    lambda: t.count(),
):
    try:
        f()
    except Exception as error:
        print(type(error).__name__, error)
try:
    t[0] = 1
except TypeError as error:
    print(error)
try:
    del t[0]
except TypeError as error:
    print(error)
try:
    nested[0] += [6]
except TypeError as error:
    print(error, nested)
