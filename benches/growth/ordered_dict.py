"""Ordered dicts, counters and dicts with defaults."""

from collections import Counter, OrderedDict, defaultdict

from _clock import run


def full(count):
    return OrderedDict((i, i) for i in range(count))


def move_to_end(n):
    entries = full(n)
    yield
    for i in range(n):
        entries.move_to_end(i)
    while entries:
        entries.popitem(last=False)


def move_to_front(n):
    entries = full(n)
    yield
    for i in range(n):
        entries.move_to_end(i, last=False)
    while entries:
        entries.popitem()


def move_both_ways(n):
    entries = full(n)
    yield
    for i in range(n):
        key, _ = entries.popitem(last=i & 2)
        entries[key] = i
        entries.move_to_end(key, last=i & 1)


def least_recently_used(n):
    entries = full(n // 2)
    yield
    for i in range(n):
        key = i * 7919 % n
        if key in entries:
            entries.move_to_end(key)
        else:
            entries[key] = key
            entries.popitem(last=False)


def first_and_last(n):
    entries = full(n)
    yield
    for _ in range(n):
        next(iter(entries)), next(reversed(entries))


def delete_and_insert(n):
    entries = full(n)
    yield
    for i in range(n):
        del entries[i]
        entries[n + i] = i
        entries.pop(n + i)
        entries.setdefault(n + i)


def whole(n):
    entries = full(n)
    yield
    entries.copy() == entries, entries | entries, list(entries.items()), list(reversed(entries)), repr(entries)
    entries.update(entries)
    OrderedDict.fromkeys(entries)
    entries.clear()


def counter(n):
    numbers = [i * 7919 % n for i in range(n)]
    yield
    counts = Counter(numbers)
    counts.update(numbers)
    counts.subtract(numbers)
    counts + counts, counts - counts, counts & counts, counts | counts, counts.most_common(3), counts.total()


def defaults(n):
    groups = defaultdict(list)
    yield
    for i in range(n):
        groups[i % (n // 4)].append(i)


run(globals())
