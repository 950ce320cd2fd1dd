# modes: gil none
"""One iterator drawn from by several threads gives each element away once."""

import itertools
import threading

COUNT = 4000
from_list = iter(list(range(COUNT)))
from_count = itertools.count()
drawn = [[] for _ in range(4)]
counted = [[] for _ in range(4)]


def work(n):
    for x in from_list:
        drawn[n].append(x)
    for _ in range(500):
        counted[n].append(next(from_count))


threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(sorted(x for mine in drawn for x in mine) == list(range(COUNT)))
print(sorted(x for mine in counted for x in mine) == list(range(2000)))
