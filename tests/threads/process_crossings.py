"""What crosses to another process and back: containers of the library, functions, generators of random numbers."""
import collections
import functools
import operator
import random
import sys
import time
from multiprocessing import Pool, Process

Point = collections.namedtuple("Point", "x y")


class Noted(collections.deque):
    pass


class Names(collections.defaultdict):
    pass


@functools.lru_cache(maxsize=None)
def fibonacci(n):
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)


def same(thing):
    return thing


def grow(kind, thing):
    """Show that what arrived is what it was: the worker changes it and sends it back."""
    if kind == "deque":
        thing.append("new")
        thing.appendleft("first")
    elif kind == "defaultdict":
        thing["missing"].append(1)
    elif kind == "counter":
        thing.update("hello")
    elif kind == "ordered":
        thing.move_to_end("b")
    return thing


def main():
    with Pool(1) as pool:
        bounded = collections.deque([1, [2], "x"], maxlen=4)
        back = pool.apply(grow, ("deque", bounded))
        print(back, back.maxlen, bounded)
        noted = Noted(range(20))
        noted.note = noted
        back = pool.apply(same, (noted,))
        print(type(back).__name__, len(back), back.note is back, back[-1])
        empty = collections.deque()
        print(pool.apply(grow, ("deque", empty)), empty)
        back = pool.apply(grow, ("defaultdict", collections.defaultdict(list, a=[0])))
        print(back, back["other"])
        print(pool.apply(same, (Names(int, a=1),)))
        back = pool.apply(grow, ("counter", collections.Counter("word")))
        print(back.most_common(2), back["none"])
        back = pool.apply(grow, ("ordered", collections.OrderedDict(b=1, a=2)))
        print(back, back == collections.OrderedDict(b=1, a=2), back == collections.OrderedDict(a=2, b=1))
        print(pool.apply(same, (Point(1, [2]),)), pool.apply(same, (collections.ChainMap({1: 2}, {3: 4}),)))
        print(pool.apply(functools.partial(int, base=2), ("101",)), pool.map(functools.partial(pow, 2), [3, 4]))
        print(pool.map(operator.itemgetter(1, 0), ["ab", "cd"]), pool.map(operator.attrgetter("y"), [Point(1, 2)]))
        print(pool.map(operator.methodcaller("replace", "a", "b"), ["aa"]))
        print(pool.map(fibonacci, [10, 50]), fibonacci.cache_info().hits)
        generator = random.Random(5)
        generator.gauss(0, 1)
        back = pool.apply(same, (generator,))
        print(back.gauss(0, 1) == generator.gauss(0, 1), [back.random() for _ in range(3)] == [generator.random() for _ in range(3)])
        print(pool.apply(same, (time.gmtime(0),)).tm_year, pool.apply(same, (range(1, 9, 2),)), pool.apply(same, (slice(1, None),)))
    for thing in (x for x in ()), sys.stdout, {}.items():
        try:
            Process(target=same, args=(thing,)).start()
            print(type(thing).__name__, "crossed")
        except TypeError as error:
            print(error)


if __name__ == "__main__":
    main()
