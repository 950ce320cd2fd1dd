# modes: gil none
"""Concurrent appends: none is lost, and each thread's own come in its order."""

import threading

THREADS, EACH = 4, 3000
shared = []


def work(thread):
    for i in range(EACH):
        shared.append((thread, i))


threads = [threading.Thread(target=work, args=(n,)) for n in range(THREADS)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(len(shared))
for n in range(THREADS):
    print([i for thread, i in shared if thread == n] == list(range(EACH)))
