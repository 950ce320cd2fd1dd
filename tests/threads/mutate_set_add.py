# modes: gil none
"""Concurrent additions and removals in one set, some of the same elements."""

import threading

EACH = 2000
shared = set()
contested = set()


def work(thread):
    for i in range(EACH):
        shared.add(thread * EACH + i)
        contested.add(i % 100)
        if i % 2:
            shared.discard(thread * EACH + i)
        if thread * EACH + i - i % 2 not in shared:
            shared.add("lost")


threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(len(shared), shared == set(range(0, 4 * EACH, 2)), contested == set(range(100)))
