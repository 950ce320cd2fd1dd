# modes: gil none
"""One thread walks over a container, another changes it: what is raised, with which words."""

import threading
from collections import deque


def two(walk, change):
    said = []
    inside, go_on = threading.Event(), threading.Event()

    def walker():
        try:
            walk(inside, go_on)
            said.append("fine")
        except Exception as e:
            said.append(f"{type(e).__name__}: {e}")

    t = threading.Thread(target=walker)
    t.start()
    inside.wait()
    change()
    go_on.set()
    t.join()
    return said[0]


def over(make):
    def walk(inside, go_on):
        for x in make():
            inside.set()
            go_on.wait()
    return walk


d = {1: 1, 2: 2}
print(two(over(lambda: d), lambda: d.update({3: 3})))
print(two(over(d.values), lambda: d.pop(3)))
print(two(over(d.items), lambda: (d.pop(1), d.update({9: 9}))))
print(two(over(lambda: reversed(d)), d.clear))
s = {1, 2}
print(two(over(lambda: s), lambda: s.add(3)))
q = deque([1, 2])
print(two(over(lambda: q), lambda: q.append(1)))
l = [1, 2, 3]
print(two(over(lambda: l), lambda: l.clear()))
l = [3, 1, 2]


def sort(inside, go_on):
    def key(x):
        inside.set()
        go_on.wait()
        return x
    l.sort(key=key)


print(two(sort, lambda: l.append(4)), l)


class V:
    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        V.inside.set()
        V.go_on.wait()
        return self.n == other.n

    def __hash__(self):
        return 1


def lookup(inside, go_on):
    V.inside, V.go_on = inside, go_on
    m.get(V(2))


m = {V(1): "one"}
print(two(lookup, lambda: m.clear()))
b = bytearray(b"abc")
print(two(over(lambda: b), lambda: b.clear()))
