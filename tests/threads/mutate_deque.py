# modes: gil none
"""A deque used from both ends by all: no element lost, none doubled."""

import threading
from collections import deque

EACH = 2000
shared = deque()
taken = [[] for _ in range(4)]


def work(thread):
    for i in range(EACH):
        if thread % 2:
            shared.append(thread * EACH + i)
        else:
            shared.appendleft(thread * EACH + i)
        if i % 3 == 0:
            try:
                taken[thread].append(shared.pop() if i % 2 else shared.popleft())
            except IndexError:
                pass


threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
everything = list(shared) + [x for mine in taken for x in mine]
print(len(everything), sorted(everything) == list(range(4 * EACH)))
