"""Dicts."""

from _clock import run


def insert(n):
    yield
    entries = {}
    for i in range(n):
        entries[i] = i


def insert_negative(n):
    yield
    entries = {}
    for i in range(n):
        entries[-i] = i


def insert_strided(n):
    yield
    for bits in 10, 20, 33, 40:
        entries = {}
        for i in range(n):
            entries[i << bits] = i


def insert_big(n):
    yield
    entries = {}
    for i in range(n):
        entries[i << 64 | i] = i


def insert_floats(n):
    yield
    for step in 0.1, 0.5, 2.0**40:
        entries = {}
        for i in range(n):
            entries[i * step] = i


def insert_texts(n):
    yield
    entries, other = {}, {}
    for i in range(n):
        entries[f"key {i}"] = i
        other[b"%d" % i] = i


def insert_tuples(n):
    yield
    entries, grid = {}, {}
    for i in range(n):
        entries[i, i + 1] = i
        grid[i & 255, i >> 8] = i


def insert_frozensets(n):
    yield
    entries = {}
    for i in range(n):
        entries[frozenset((i, i + 1))] = i


def insert_objects(n):
    class Key:
        pass

    keys = [Key() for _ in range(n)]
    yield
    entries = dict.fromkeys(keys)
    for key in keys:
        entries[key] = key


def hit(n):
    entries = {i: i for i in range(n)}
    yield
    for i in range(n):
        entries[i * 7919 % n], entries.get(i), i in entries, entries.setdefault(i)


def miss(n):
    entries = {i: i for i in range(n)}
    yield
    for i in range(n):
        i * 2654435761 % (1 << 40) in entries, entries.get(-i - 2), n + i in entries, entries.get(i + 0.5)


def miss_floats(n):
    entries = {i * 0.5: i for i in range(n)}
    yield
    for i in range(n):
        i + 0.25 in entries, -i - 2 in entries


def collatz_lengths(n):
    lengths = {1: 1}
    yield
    for start in range(2, n):
        number, steps = start, 0
        while number not in lengths:
            number = number // 2 if number % 2 == 0 else 3 * number + 1
            steps += 1
        lengths[start] = lengths[number] + steps


def delete_and_insert(n):
    entries = {i: i for i in range(n)}
    yield
    for i in range(n):
        del entries[i]
        entries[i + n] = i


def delete_and_insert_same(n):
    entries = {i: i for i in range(n)}
    yield
    for i in range(n):
        entries[i, i] = i
        del entries[i, i]
        entries.pop((1, 2), None)
        entries[1, 2] = i


def popitem(n):
    entries = {i: i for i in range(n)}
    yield
    while entries:
        entries.popitem()


def stack(n):
    entries = {i: i for i in range(n)}
    yield
    for _ in range(n // 2):
        entries.popitem()
    for i in range(n):
        entries[-i] = i
        entries.popitem()


def iterate(n):
    entries = {i: i for i in range(n)}
    yield
    for _ in entries:
        pass
    for _ in entries.items():
        pass
    for _ in reversed(entries.values()):
        pass


def first_of_few(n):
    entries = {i: i for i in range(n)}
    yield
    for _ in range(n - 8):
        entries.popitem()
    for _ in range(n):
        next(iter(entries)), next(reversed(entries)), list(entries)


def views(n):
    entries = {i: i for i in range(n)}
    keys, values, items = entries.keys(), entries.values(), entries.items()
    yield
    for i in range(n):
        i in keys, (i, i) in items, len(values), keys == items


def view_algebra(n):
    entries, others = {i: i for i in range(n)}, {i: i for i in range(0, n, 2)}
    yield
    for _ in range(2):
        entries.keys() & others.keys(), entries.keys() - others.keys(), entries.items() | others.items()
        entries.keys() >= others.keys(), entries.keys().isdisjoint(others)


def update(n):
    entries, others = {i: i for i in range(n)}, {i: i for i in range(n // 2, n * 2)}
    yield
    for _ in range(4):
        merged = dict(entries)
        merged.update(others)
        merged | entries
        merged |= entries


def build(n):
    yield
    dict.fromkeys(range(n)), dict(zip(range(n), range(n))), {i: i for i in range(n)}


def copy_and_compare(n):
    entries = {i: i for i in range(n)}
    yield
    for _ in range(4):
        entries.copy() == entries


def clear_and_refill(n):
    entries = {i: i for i in range(n)}
    yield
    entries.clear()
    for i in range(n):
        entries[i] = i
        entries.clear()


def sort_items(n):
    entries = {-i: i for i in range(n)}
    yield
    sorted(entries.items()), sorted(entries, key=entries.get), max(entries.values())


run(globals())
