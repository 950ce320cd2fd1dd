# modes: gil none
# functools.cache: two threads that ask at once may both compute; which object is kept?
import functools
import threading

calls = []
gate = threading.Barrier(2)


@functools.cache
def make(key):
    calls.append(key)
    if len(calls) <= 2:
        gate.wait(5)
    return [key]


got = []
ts = [threading.Thread(target=lambda: got.append(make("k"))) for _ in range(2)]
for t in ts:
    t.start()
for t in ts:
    t.join()
print(len(calls), len(got), got[0] == got[1], make("k") in got)
info = make.cache_info()
print(info.currsize, info.misses, info.hits)


@functools.lru_cache(maxsize=16)
def square(n):
    return n * n


bad = []


def hammer(seed):
    for i in range(20000):
        n = (i * seed) % 40
        if square(n) != n * n:
            bad.append(n)


ts = [threading.Thread(target=hammer, args=(s,)) for s in (1, 3, 7, 11)]
for t in ts:
    t.start()
for t in ts:
    t.join()
info = square.cache_info()
print(bad, info.currsize, info.hits + info.misses)
