"""Sets and frozensets."""

from _clock import run


def add(n):
    yield
    for step in 1, -1, 1 << 10, 1 << 33:
        elements = set()
        for i in range(n):
            elements.add(i * step)


def add_floats(n):
    yield
    for step in 0.1, 0.5, 2.0**40:
        elements = set()
        for i in range(n):
            elements.add(i * step)


def add_others(n):
    yield
    elements = set()
    for i in range(n):
        elements.add(f"{i}")
        elements.add((i, i + 1))
        elements.add(frozenset((i, -i)))


def hit_and_miss(n):
    elements = set(range(n))
    yield
    for i in range(n):
        i in elements, i * 2654435761 % (1 << 40) in elements, -i - 2 in elements, n + i in elements


def discard_and_add(n):
    elements = set(range(n))
    yield
    for i in range(n):
        elements.discard(i)
        elements.add(i + n)
        elements.discard(-1)


def remove_and_add_same(n):
    elements = set(range(n))
    yield
    for i in range(n):
        elements.remove(n // 2)
        elements.add(n // 2)
        elements.add((i, i))
        elements.remove((i, i))


def pop(n):
    elements = set(range(n))
    yield
    while elements:
        elements.pop()


def pop_and_add(n):
    elements = set(range(n))
    yield
    for i in range(n):
        elements.pop()
        elements.add(n + i)


def iterate(n):
    elements = set(range(n))
    yield
    for _ in range(4):
        for _ in elements:
            pass


def algebra(n):
    one, other = set(range(n)), set(range(n // 2, n * 2))
    yield
    one & other, one | other, one - other, one ^ other


def algebra_with_few(n):
    elements, few = set(range(n)), {1, -1}
    yield
    for _ in range(n):
        elements & few, few & elements, few - elements, few.isdisjoint(elements), few <= elements, few.issubset(elements)


def algebra_in_place(n):
    elements, few = set(range(n)), {-1, -2}
    yield
    for _ in range(n):
        elements |= few
        elements -= few
        elements ^= few
        elements.update(few)
        elements.difference_update(few)
        elements.symmetric_difference_update(few)
    elements.intersection_update(range(n))


def compare(n):
    elements, same = set(range(n)), set(range(n))
    yield
    for _ in range(8):
        elements == same, elements <= same, elements < same, elements.issuperset(same), elements.isdisjoint([-1])


def compare_unlike(n):
    elements, fewer = set(range(n)), set(range(1, n))
    yield
    for _ in range(n):
        elements == fewer, elements <= fewer, fewer > elements


def build_and_copy(n):
    numbers = [i * 0.25 for i in range(n)]
    yield
    elements = set(numbers)
    elements.copy(), frozenset(elements), set(elements), sorted(elements)


def frozen_hash(n):
    yield
    for _ in range(4):
        hash(frozenset(range(n)))


def frozen_algebra(n):
    one, other = frozenset(range(n)), frozenset(range(n // 2, n * 2))
    yield
    one & other, one | other, one - other, one ^ other, one.copy(), one.union(other), one.intersection([1])
    one.difference([1]), one.symmetric_difference([1])


def clear_and_refill(n):
    elements = set(range(n))
    yield
    for i in range(n):
        elements.clear()
        elements.add(i)


run(globals())
