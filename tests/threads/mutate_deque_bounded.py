# modes: gil none
"""A bounded deque keeps its bound, and what it holds was put there by somebody."""

import threading
from collections import deque

ROUNDS = 2000
shared = deque(maxlen=5)
bad = []


def work(thread):
    for i in range(ROUNDS):
        shared.append((thread, i))
        if len(shared) > 5:
            bad.append(len(shared))
        shared.rotate(1)


threads = [threading.Thread(target=work, args=(n,)) for n in range(3)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(bad, len(shared), all(0 <= n < 3 and 0 <= i < ROUNDS for n, i in shared))
