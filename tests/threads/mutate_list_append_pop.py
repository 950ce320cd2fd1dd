# modes: gil none
"""Appends against pops: what was appended was either popped once or is still there."""

import threading

EACH = 3000
shared = []
popped = [[] for _ in range(2)]


def produce(base):
    for i in range(EACH):
        shared.append(base + i)


def consume(mine):
    for _ in range(EACH):
        try:
            mine.append(shared.pop())
        except IndexError:
            pass


threads = [threading.Thread(target=produce, args=(n * EACH,)) for n in range(2)]
threads += [threading.Thread(target=consume, args=(mine,)) for mine in popped]
for t in threads:
    t.start()
for t in threads:
    t.join()
everything = shared + popped[0] + popped[1]
print(len(everything), sorted(everything) == list(range(2 * EACH)))
