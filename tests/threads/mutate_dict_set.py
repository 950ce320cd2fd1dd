# modes: gil none
"""Concurrent insertions into one dict: no key is lost while the table grows."""

import threading

THREADS, EACH = 4, 2000
shared = {}


def work(thread):
    for i in range(EACH):
        shared[(thread, i)] = thread * i


threads = [threading.Thread(target=work, args=(n,)) for n in range(THREADS)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(len(shared), all(shared[(n, i)] == n * i for n in range(THREADS) for i in range(EACH)))
for n in range(THREADS):
    print([i for thread, i in shared if thread == n] == list(range(EACH)))
