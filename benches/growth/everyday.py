"""What scripts do with no container of their own: objects, calls, numbers, the collector, small library modules."""

import bisect as bisection
import copy
import heapq
import io
import itertools
import sys

from _clock import run


def instances(n):
    class Point:
        def __init__(self, x):
            self.x = x

    yield
    points = [Point(i) for i in range(n)]
    sum(point.x for point in points)


def many_attributes(n):
    class Holder:
        pass

    holder = Holder()
    yield
    for target in holder, Holder:
        for i in range(n // 50):
            setattr(target, f"x{i}", i)
        for i in range(n // 50):
            getattr(target, f"x{i}")
        for i in range(n // 50):
            delattr(target, f"x{i}")


def many_globals(n):
    names = globals()
    yield
    for i in range(n // 20):
        names[f"name {i}"] = i
    for i in range(n // 20):
        del names[f"name {i}"]


def closures(n):
    yield
    functions = [lambda i=i: i for i in range(n)]
    for function in functions:
        function()


def generators(n):
    yield
    sum(i for i in range(n))
    list(itertools.chain.from_iterable((i, i) for i in range(n)))


def recursion(n):
    def down(depth):
        return 0 if depth == 0 else down(depth - 1)

    sys.setrecursionlimit(10**7)
    yield
    down(n // 8)


def exceptions(n):
    yield
    for _ in range(n):
        try:
            raise ValueError
        except ValueError:
            pass


def nested_and_freed(n):
    items = []
    for _ in range(n):
        items = [items]
    yield
    items = None


def garbage_beside_many(n):
    kept = [[i] for i in range(n)]
    yield
    for i in range(n):
        kept[i].append([i, i])


def cycles(n):
    yield
    for _ in range(n):
        items = []
        items.append(items)


def deep_copy(n):
    items = [[i] for i in range(n // 4)]
    yield
    copy.deepcopy(items)


def represent(n):
    items = list(range(n))
    yield
    repr(items), str(tuple(items)), repr(set(items)), repr(dict.fromkeys(items))


def zip_and_map(n):
    items = list(range(n))
    yield
    list(zip(items, items)), list(map(str, items)), list(enumerate(items)), list(filter(None, items))
    min(items), max(items), sum(items), any(items), all(items)


def heap(n):
    yield
    items = []
    for i in range(n):
        heapq.heappush(items, -i)
    while items:
        heapq.heappop(items)


def bisect(n):
    items = list(range(n))
    yield
    for i in range(n):
        bisection.bisect(items, i)
    for i in range(n, n + n // 2):
        bisection.insort(items, i)


def big_numbers(n):
    number, power = 1, 10 ** (n // 40)
    yield
    for _ in range(n // 20):
        number += number >> 1
    power * power, power // 7, power % 1000007, number << 5


def lines_of_file(n):
    file = io.StringIO("line\n" * n)
    yield
    for _ in file:
        pass
    written = io.StringIO()
    for i in range(n):
        written.write("ab")
    written.getvalue()


run(globals())
