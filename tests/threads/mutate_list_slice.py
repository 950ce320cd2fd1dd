# modes: gil none
# stress: no, a million polls
"""A slice is what the list was at one moment: the last element is never newer than the first, which is stored before."""

import threading

ROUNDS, LENGTH = 100_000, 300
shared = [0] * LENGTH
bad = []
running = True


def store():
    for i in range(ROUNDS):
        shared[0] = i
        shared[-1] = i


def read():
    while running:
        for copy in (shared[:], shared[0:LENGTH], shared.copy()):
            if not 0 <= copy[0] - copy[-1] <= 1:
                bad.append((copy[0], copy[-1]))


readers = [threading.Thread(target=read) for _ in range(2)]
for t in readers:
    t.start()
store()
running = False
for t in readers:
    t.join()
print(bad[:3], shared[0], shared[-1])
