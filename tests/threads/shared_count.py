# modes: gil none
# itertools.count handed to ten threads: no number twice.
import itertools
import threading


def run(step, start=0):
    c = itertools.count(start, step)
    got = [[] for _ in range(10)]

    def take(mine):
        for _ in range(5000):
            mine.append(next(c))

    ts = [threading.Thread(target=take, args=(m,)) for m in got]
    for t in ts:
        t.start()
    for t in ts:
        t.join()
    everything = [x for m in got for x in m]
    print(len(everything), len(set(everything)), next(c))


run(1)
run(5)
run(1, 2**61 - 10000)
run(-2, 10**20)
