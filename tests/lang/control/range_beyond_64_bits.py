big = 2**70
r = range(big, big + 10, 3)
print(r, repr(r), len(r), bool(r), list(r), list(reversed(r)), r[0], r[-1], r[1:3], r[::-1], r[5:1], type(r).__name__)
print(
    big + 3 in r, big + 4 in r, 5 in r, "x" in range(big, big + 2), r.index(big + 6), r.count(big + 9), r.count(big + 1)
)
print(r.start == big, r.stop - big, r.step, isinstance(r, range), type(iter(r)).__name__, type(reversed(r)).__name__)
print(
    r == range(big, big + 12, 3),
    r == range(big, big + 13, 3),
    r != range(3),
    range(3) == r,
    {r: 1}[range(big, big + 11, 3)],
)
print(
    hash(range(big, big + 1, 5)) == hash(range(big, big + 1, 7)),
    range(big, 0) == range(0),
    hash(range(big, 0)) == hash(range(0)),
)
print(
    range(-big, -big + 2)[1] + big, list(range(big, big - 3, -1))[-1] - big, bool(range(big, big)), list(range(big, 0))
)
print(
    sum(1 for _ in range(big, big + 5)),
    max(range(big, big + 5)) - big,
    [x - big for x, y in zip(range(big, big * 2), "abc")],
)
print(len(range(2**62)), range(2**64)[2**63], range(2**64)[-1], range(10**30)[10**20 : 10**20 + 5 * 10**9 : 10**9])
a, b, c = range(big, big + 3)
print(c - a, range(big, big + 5)[::2], range(0, big, 2**69)[1], (2**70 in range(0, 2**71, 2)))
for f in (
    lambda: len(range(big)),
    lambda: r[4],
    lambda: r[-5],
    lambda: r["a"],
    lambda: r[::0],
    lambda: r.index(1),
    lambda: r < r,
    lambda: range(big, 1.5),
    lambda: range(1, big, 0),
    lambda: r + r,
):
    try:
        print(f())
    except (AttributeError, IndexError, OverflowError, TypeError, ValueError) as error:
        print(type(error).__name__, error)
