# modes: gil none
# stress: no, a million polls
"""Stores into a list that others lengthen, shorten and rebuild: no store is lost, and every read finds a value."""

import threading

ROUNDS, OWN = 30_000, 4
shared = [0] * OWN
bad = []
running = True


def store(index):
    for i in range(ROUNDS):
        shared[index] = i
        if shared[index] != i:
            bad.append((index, i, shared[index]))


def change_the_end():
    while running:
        for n in range(20):
            shared.append(("end", n))
        for _ in range(20):
            shared.pop()


def rebuild_the_end():
    while running:
        shared.insert(OWN, ("middle", 0))
        shared.extend([("end", 1)] * 3)
        del shared[-3:]
        del shared[OWN : OWN + 1]


def read():
    while running:
        copy = shared[:]
        if len(copy) < OWN or not all(type(value) is int for value in copy[:OWN]):
            bad.append(copy)
        for index in range(OWN):
            if type(shared[index]) is not int:
                bad.append(shared[index])


stores = [threading.Thread(target=store, args=(n,)) for n in range(OWN)]
others = [threading.Thread(target=t) for t in (change_the_end, rebuild_the_end, read)]
for t in stores + others:
    t.start()
for t in stores:
    t.join()
running = False
for t in others:
    t.join()
print(bad, shared[:OWN])
