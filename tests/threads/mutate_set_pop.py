# modes: gil none
"""Every element leaves a set once: by `pop` or by `remove`."""

import threading

COUNT = 3000
popped_from = set(range(COUNT))
removed_from = set(range(COUNT))
popped = [[] for _ in range(4)]
removed = [[] for _ in range(4)]


def work(mine, gone):
    while True:
        try:
            mine.append(popped_from.pop())
        except KeyError:
            break
    for i in range(COUNT):
        try:
            removed_from.remove(i)
            gone.append(i)
        except KeyError:
            pass


threads = [threading.Thread(target=work, args=(popped[n], removed[n])) for n in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(popped_from, sorted(x for mine in popped for x in mine) == list(range(COUNT)))
print(removed_from, sorted(x for mine in removed for x in mine) == list(range(COUNT)))
