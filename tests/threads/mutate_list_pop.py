# modes: gil none
"""Concurrent pops: every element is popped exactly once, by exactly one thread."""

import threading

COUNT = 8000
shared = list(range(COUNT))
popped = [[] for _ in range(4)]


def work(mine):
    while True:
        try:
            mine.append(shared.pop())
        except IndexError:
            return


threads = [threading.Thread(target=work, args=(mine,)) for mine in popped]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(shared, sorted(x for mine in popped for x in mine) == list(range(COUNT)))
print(all(a > b for mine in popped for a, b in zip(mine, mine[1:])))
