# modes: gil none
"""Each key is popped by one thread only; `popitem` gives every item away once."""

import threading

COUNT = 4000
by_key = {i: -i for i in range(COUNT)}
by_item = {i: -i for i in range(COUNT)}
got = [[] for _ in range(4)]
items = [[] for _ in range(4)]


def work(mine, pairs):
    for i in range(COUNT):
        value = by_key.pop(i, None)
        if value is not None:
            mine.append(-value)
    while True:
        try:
            pairs.append(by_item.popitem())
        except KeyError:
            return


threads = [threading.Thread(target=work, args=(got[n], items[n])) for n in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(by_key, sorted(x for mine in got for x in mine) == list(range(COUNT)))
print(by_item, sorted(p for mine in items for p in mine) == [(i, -i) for i in range(COUNT)])
