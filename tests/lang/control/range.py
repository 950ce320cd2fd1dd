print(range(5), range(1, 5), range(0, 10, 3), list(range(5)), list(range(2, 8)), list(range(0, 10, 3)))
print(list(range(5, 0, -1)), list(range(5, 0, -2)), list(range(0)), list(range(5, 1)), list(range(-3, 3)))
r = range(10, 50, 5)
print(
    len(r),
    r[0],
    r[-1],
    r[2:5],
    r[::-1],
    r[::2],
    25 in r,
    26 in r,
    "a" in r,
    r.index(25),
    r.count(25),
    r.count(3),
)
print(r.start, r.stop, r.step, list(reversed(r)), min(r), max(r), sum(r), bool(range(0)), bool(r))
print(
    range(3) == range(0, 3, 1),
    range(0, 3, 2) == range(0, 4, 2),
    range(0) == range(5, 5),
    hash(range(3)) == hash(range(0, 3)),
)
print(2**70 in range(2**71), len(range(2**40)), range(2**70, 2**70 + 3)[1], list(range(2**70, 2**70 + 2)))
print(list(range(True, 4)), range(10)[3:1], range(10)[-3:], repr(range(0, 5, 1)))
for args in ((1.5,), (1, 5, 0), (), (1, 2, 3, 4), ("a",)):
    try:
        range(*args)
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
for f in (lambda: r[100], lambda: r["a"], lambda: r.index(26), lambda: len(range(2**70))):
    try:
        f()
    except Exception as error:
        print(type(error).__name__, error)
