"""Tuples and ranges."""

from _clock import run


def get(n):
    items = tuple(range(n))
    yield
    for i in range(n):
        items[i], items[-1 - i]


def read_slices(n):
    items = tuple(range(n))
    yield
    for i in range(n):
        items[i : i + 8], items[i : i + 16 : 2]


def add(n):
    items = ()
    yield
    for i in range(n // 16):
        items += (i,)


def search_near(n):
    items = tuple(range(n))
    yield
    for i in range(n - 3):
        items.index(i + 2, i)


def count(n):
    items = tuple(range(n))
    yield
    for _ in range(8):
        items.count(1)


def hashed(n):
    items = tuple(range(n))
    yield
    for _ in range(8):
        hash(items)


def compare_unlike(n):
    items, others = (0,) * n, (1,) + (0,) * (n - 1)
    yield
    for _ in range(n):
        items == others, items < others


def repeat_and_convert(n):
    yield
    for _ in range(8):
        items = (0, 1) * n
        tuple(list(items))


def nested(n):
    yield
    items = None
    for i in range(n):
        items = (i, items)


def ranges(n):
    numbers = range(0, n * 3, 3)
    yield
    for i in range(n):
        i in numbers, numbers[i], numbers[i:], numbers.index(i * 3), numbers.count(i), len(numbers)


run(globals())
