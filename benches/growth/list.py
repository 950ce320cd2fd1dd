"""Lists."""

from _clock import run


def append(n):
    items = []
    yield
    for i in range(n):
        items.append(i)


def append_and_pop(n):
    items = [0] * n
    yield
    for i in range(n):
        items.append(i)
        items.append(i)
        items.pop()


def extend(n):
    items = []
    yield
    for i in range(n):
        items.extend((i, i))


def add_in_place(n):
    items = []
    yield
    for i in range(n):
        items += [i]


def get_and_set(n):
    items = [0] * n
    yield
    for i in range(n):
        items[i] = items[-1 - i]


def read_slices(n):
    items = [0] * n
    yield
    for i in range(n):
        items[i : i + 8]
        items[i : i + 16 : 2]
        items[i + 8 : i : -3]


def set_slices(n):
    items = [0] * n
    yield
    for i in range(n - 8):
        items[i : i + 2] = [i, i]
        items[i : i + 8 : 4] = [i, i]


def sieve_by_slices(n):
    prime = [True] * n
    yield
    for i in range(2, n):
        if prime[i]:
            prime[i * 2 :: i] = [False] * len(range(i * 2, n, i))


def set_slices_at_end(n):
    items = [0] * n
    yield
    for i in range(n):
        items[-2:] = [i]
        items[len(items) :] = [i, i]
        items[-2:-1] = ()


def delete_slices_at_end(n):
    items = [0] * n
    yield
    for _ in range(n // 4):
        del items[-2:]
        del items[-4::2]


def insert_and_remove_at_end(n):
    items = [0] * n
    yield
    for i in range(n):
        items.insert(len(items) - 1, i)
        items.pop(-2)
        del items[-1]
        items.insert(-1, i)


def delete_every_other(n):
    items = [0] * n
    yield
    while items:
        del items[::2]
        del items[-1:]


def remove_first(n):
    items = [0] * n
    yield
    for i in range(n):
        items.remove(0)
        items.append(0)
        if i == 500:
            break


def search_near(n):
    items = list(range(n))
    yield
    for i in range(n - 3):
        items.index(i + 2, i)
        items.index(n - 1, -3)


def count(n):
    items = [1, 2] * (n // 2)
    yield
    for _ in range(8):
        items.count(2)


def contains_early(n):
    items = list(range(n))
    yield
    for i in range(n):
        i % 8 in items


def reverse(n):
    items = list(range(n))
    yield
    for _ in range(16):
        items.reverse()
        items[::-1]


def copy(n):
    items = list(range(n))
    yield
    for _ in range(16):
        items.copy(), items[:], items + [1]


def repeat(n):
    yield
    for _ in range(16):
        items = [0, 1] * n
        items *= 2


def clear_and_refill(n):
    yield
    for _ in range(4):
        items = [0] * n
        items.clear()
        items.append(1)


def compare_unlike(n):
    items, others = [0] * n, [1] + [0] * (n - 1)
    yield
    for _ in range(n):
        items == others
        items < others


def iterate(n):
    items = list(range(n))
    yield
    for _ in items:
        pass
    for _ in reversed(items):
        pass


def sort_sorted(n):
    items = list(range(n))
    yield
    for _ in range(4):
        items.sort()


def sort_shuffled(n):
    items = [i * 7919 % n for i in range(n)]
    yield
    sorted(items)
    sorted(items, key=lambda item: -item)
    sorted(map(str, items))


def unpack(n):
    items = [0] * n
    yield
    for _ in range(8):
        first, *middle, last = items


run(globals())
