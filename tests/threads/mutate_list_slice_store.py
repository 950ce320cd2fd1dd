# modes: gil none
# stress: no, a million polls
"""A slice is stored as a whole, and moves others' elements without losing what they store meanwhile."""

import threading

ROUNDS, LENGTH = 30_000, 300
shared = [0] * LENGTH
bad = []
running = True


def read():
    while running:
        copy = shared[:]
        if len(set(copy[10:20])) > 1:
            bad.append(copy[10:20])


def store(index):
    for i in range(ROUNDS):
        shared[index] = i
        if shared[index] != i:
            bad.append((index, i, shared[index]))


def resize():
    while running:
        shared[200:200] = [None] * 40
        del shared[210:230]
        shared[200:] = shared[220:]


threads = [
    threading.Thread(target=read),
    threading.Thread(target=resize),
    threading.Thread(target=store, args=(0,)),
    threading.Thread(target=store, args=(199,)),
]
for t in threads:
    t.start()
for i in range(ROUNDS):
    shared[10:20] = [i] * 10
for t in threads[2:]:
    t.join()
running = False
for t in threads:
    t.join()
print(bad[:3], shared[0], shared[199], shared[10:20], len(shared), shared[200:] == [0] * 100)
