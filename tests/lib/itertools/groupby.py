from itertools import groupby

print(
    [(k, list(g)) for k, g in groupby("aaabbca")],
    [(k, list(g)) for k, g in groupby([])],
    [(k, len(list(g))) for k, g in groupby(sorted("mississippi"))],
)
words = sorted(["apple", "bob", "cat", "alice", "bird"], key=lambda w: w[0])
for letter, group in groupby(words, key=lambda w: w[0]):
    print(letter, list(group))
print(
    [k for k, _ in groupby([1, 1, 2, 2, 1])],
    {k: [n for n in g] for k, g in groupby(range(10), key=lambda n: n // 4)},
)
groups = groupby("aab")
k, g = next(groups)
print(k, next(g), next(groups)[0], list(g))
try:
    groupby(5)
except TypeError as error:
    print(error)
