# modes: gil none
"""`setdefault` lets exactly one thread win for each key, and all see the winner's value."""

import threading

KEYS = 1000
shared = {}
seen = [[] for _ in range(4)]


def work(thread):
    for key in range(KEYS):
        seen[thread].append(shared.setdefault(key, (thread, key)))


threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(len(shared), all(seen[n][key] is shared[key] for n in range(4) for key in range(KEYS)))
