"""Deques."""

from collections import deque

from _clock import run


def both_ends(n):
    items = deque()
    yield
    for i in range(n):
        items.append(i)
        items.appendleft(i)
    while items:
        items.pop()
        items.popleft()


def queue(n):
    items = deque(range(n))
    yield
    for i in range(n):
        items.append(i)
        items.popleft()


def bounded(n):
    items = deque(maxlen=n // 2)
    yield
    for i in range(n):
        items.append(i)
        items.appendleft(i)
        items.extend((i, i))


def rotate(n):
    items = deque(range(n))
    yield
    for _ in range(n):
        items.rotate(1)
        items.rotate(-2)


def get_near_ends(n):
    items = deque(range(n))
    yield
    for i in range(n):
        items[i % 8], items[-1 - i % 8]
        items[i % 8] = i


def change_near_ends(n):
    items = deque(range(n))
    yield
    for i in range(n):
        items.insert(1, i)
        items.insert(len(items) - 1, i)
        del items[1]
        del items[-2]
        items.remove(items[0])


def search_near(n):
    items = deque(range(n))
    yield
    for i in range(n):
        3 in items, items.index(3), items.index(4, 2, 8)


def extend(n):
    items = deque()
    yield
    for i in range(n):
        items.extend((i, i))
        items.extendleft((i, i))
        items += (i,)


def iterate(n):
    items = deque(range(n))
    yield
    for _ in range(4):
        for _ in items:
            pass
        for _ in reversed(items):
            pass


def whole(n):
    items = deque(range(n))
    yield
    for _ in range(4):
        items.copy() == items, items + items, items * 2, list(items), items.count(1), items.reverse()


def clear_and_refill(n):
    items = deque(range(n))
    yield
    for i in range(n):
        items.clear()
        items.append(i)


run(globals())
