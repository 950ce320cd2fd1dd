# modes: gil none
"""Stores into the same slots: a read sees a value that somebody stored, never a mixture."""

import threading

SLOTS, ROUNDS = 8, 1500
shared = [(0, 0, 0)] * SLOTS
bad = []


def store(n):
    for i in range(ROUNDS):
        shared[i % SLOTS] = (n, i, n * i)


def check():
    for i in range(ROUNDS):
        n, k, product = shared[i % SLOTS]
        if n * k != product:
            bad.append((n, k, product))


threads = [threading.Thread(target=store, args=(n,)) for n in (1, 2)]
threads += [threading.Thread(target=check) for _ in range(2)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(len(shared), bad, [n in (1, 2) and n * i == p for n, i, p in shared])
