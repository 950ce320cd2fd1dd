"""Dicts: built, looked up, counted in, with int and str keys."""


def words(n):
    return ["w" + str(i * 7919 % 5003) for i in range(n)]


def count(items):
    counts = {}
    for item in items:
        counts[item] = counts.get(item, 0) + 1
    return counts


def squares(n):
    table = {}
    for i in range(n):
        table[i * 3] = i
    hits = 0
    for i in range(n * 3):
        if i in table:
            hits += table[i]
    return hits


total = 0
for _ in range(16):
    counts = count(words(100_000))
    total += len(counts) + max(counts.values())
print(total, squares(1_200_000))
