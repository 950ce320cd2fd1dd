# modes: gil none
"""Sorting a shared list is one step for readers: they see it with all elements in it."""

import threading

ROUNDS = 150
shared = list(range(40))
bad = []


def sort(reverse):
    for _ in range(ROUNDS):
        shared.sort(reverse=reverse)


def read():
    for _ in range(ROUNDS):
        seen = shared[:]
        if seen and sorted(seen) != list(range(40)):
            bad.append(seen)


def iterate():
    for _ in range(ROUNDS):
        for x in shared:
            if not 0 <= x < 40:
                bad.append(x)


threads = [threading.Thread(target=sort, args=(flag,)) for flag in (False, True)]
threads += [threading.Thread(target=read), threading.Thread(target=iterate)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(bad, sorted(shared) == list(range(40)))
