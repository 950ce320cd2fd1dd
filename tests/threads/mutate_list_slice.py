# modes: gil none
"""Slices are taken and assigned in one step: a reader sees all of one assignment."""

import threading

WIDTH, ROUNDS = 6, 800
shared = [0] * WIDTH
torn = []


def assign(n):
    for _ in range(ROUNDS):
        shared[:] = [n] * WIDTH


def read():
    for _ in range(ROUNDS):
        seen = shared[:]
        if len(seen) != WIDTH or len(set(seen)) != 1:
            torn.append(seen)


threads = [threading.Thread(target=assign, args=(n,)) for n in (1, 2)]
threads += [threading.Thread(target=read) for _ in range(2)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(len(shared), torn, shared[0] in (1, 2), len(set(shared)))
