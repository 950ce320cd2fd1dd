# stress: no, a million calls
# modes: gil none
"""Threads that run the same code for the first time together: caches fill while others read them."""

import threading


class Shape:
    sides = 0

    def __init__(self, size):
        self.size = size

    def area(self):
        return self.size * self.factor()

    def factor(self):
        return 1


class Square(Shape):
    sides = 4

    def area(self):
        return super().area() * self.size


class Pair(Shape):
    def __init__(self, size, other):
        super().__init__(size)
        self.other = other

    def factor(self):
        return self.other


def polymorphic(shape, n):
    return shape.area() + shape.sides + n


def work(n, barrier, out):
    barrier.wait()
    shapes = [Shape(1), Square(2), Pair(3, 4)]
    total = 0
    for i in range(3000):
        total += polymorphic(shapes[(i + n) % 3], i)
        total += sum(x for x in (i, n, len(out)) if x > 1)
    out[n] = total


for round in range(3):
    out = [0] * 4
    barrier = threading.Barrier(4)
    threads = [threading.Thread(target=work, args=(n, barrier, out)) for n in range(4)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    print(len(set(out)), all(out))
