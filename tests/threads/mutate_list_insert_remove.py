# modes: gil none
"""Inserts, removals, extends and sorts: the elements stay a permutation of what they must be."""

import threading

ROUNDS = 300
shared = []


def insert(base):
    for i in range(ROUNDS):
        shared.insert(0, base + i)


def extend(base):
    for i in range(ROUNDS // 2):
        shared.extend([base + 2 * i, base + 2 * i + 1])


def insert_and_remove(value):
    for _ in range(ROUNDS):
        shared.insert(len(shared) // 2, value)
        shared.remove(value)


threads = [
    threading.Thread(target=insert, args=(0,)),
    threading.Thread(target=extend, args=(ROUNDS,)),
    threading.Thread(target=insert_and_remove, args=(-1,)),
    threading.Thread(target=insert_and_remove, args=(-2,)),
]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(len(shared), sorted(shared) == list(range(2 * ROUNDS)))
