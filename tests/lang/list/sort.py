a = [3, 1, 2]
print(
    a.sort(),
    a,
    sorted([3, 1, 2], reverse=True),
    sorted("hello"),
    sorted({3, 1}),
    sorted({"b": 1, "a": 2}),
    sorted((2, 1)),
    sorted([]),
    sorted(["b", "A", "a"]),
)
words = ["banana", "fig", "apple", "kiwi", "date"]
print(
    sorted(words, key=len),
    sorted(words, key=len, reverse=True),
    sorted(words, key=lambda w: w[-1]),
    sorted(words, key=lambda w: (len(w), w)),
)
pairs = [(2, "b"), (1, "z"), (2, "a"), (1, "y")]
print(
    sorted(pairs),
    sorted(pairs, key=lambda p: p[0]),
    sorted(pairs, key=lambda p: -p[0]),
    sorted(pairs, reverse=True, key=lambda p: p[0]),
)
words.sort(key=str.upper, reverse=True)
print(
    words,
    sorted([1.5, 1, True, 0, -2.5]),
    sorted([[2], [1, 5], [1]]),
    sorted(range(10, 0, -3)),
    sorted([2**70, 1, -(2**70), 0.5]),
)
big = [(i * 7919) % 1009 for i in range(1009)]
print(sorted(big) == list(range(1009)), sorted(big, reverse=True)[:3])
runs = list(range(50)) + list(range(50, 0, -1)) + list(range(20, 60)) * 2
print(sorted(runs) == sorted(reversed(runs)), sorted(runs)[::30])


class Card:
    def __init__(self, rank, suit):
        self.rank, self.suit = rank, suit

    def __lt__(self, other):
        return self.rank < other.rank

    def __repr__(self):
        return f"{self.rank}{self.suit}"


print(
    sorted([Card(3, "a"), Card(1, "b"), Card(3, "c"), Card(2, "d"), Card(1, "e")]),
    max([Card(3, "a"), Card(1, "b")].__iter__(), key=lambda c: c.rank),
)
for f in (
    lambda: sorted([1, "a"]),
    lambda: [None, 1].sort(),
    lambda: sorted(5),
    lambda: sorted(),
    lambda: [1].sort(len),
    lambda: sorted([1], key=5),
    lambda: sorted([1], foo=1),
    lambda: sorted([1], None),
    lambda: sorted([object(), object()]),
    lambda: sorted([{}, {}]),
):
    try:
        f()
    except TypeError as error:
        print(error)


def failing(x):
    if x == 2:
        raise ValueError("key failed")
    return -x


c = [1, 2, 3]
try:
    c.sort(key=failing)
except ValueError as error:
    print(error, c)
