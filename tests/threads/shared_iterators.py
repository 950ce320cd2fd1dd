# modes: gil none
# One iterator of each kind, four threads drain it. Nothing may crash; those over plain sequences must not invent values.
import threading
from collections import deque, OrderedDict, defaultdict, Counter


class Old:
    def __getitem__(self, i):
        if i >= 3000:
            raise IndexError
        return i


N = 3000
made = {
    "list": lambda: iter(list(range(N))), "tuple": lambda: iter(tuple(range(N))), "range": lambda: iter(range(N)),
    "memoryview": lambda: iter(memoryview(bytes(N))), "bytearray": lambda: iter(bytearray(N)), "str": lambda: iter("a" * N),
    "dict": lambda: iter(dict.fromkeys(range(N))), "items": lambda: iter(dict.fromkeys(range(N)).items()),
    "set": lambda: iter(set(range(N))), "deque": lambda: iter(deque(range(N))), "reversed": lambda: reversed(list(range(N))),
    "getitem": lambda: iter(Old()), "enumerate": lambda: enumerate(range(N)),
    "zip": lambda: zip(range(N), range(N)), "map": lambda: map(abs, range(N)), "filter": lambda: filter(None, range(1, N + 1)),
    "alias": lambda: iter(list[int]), "odict": lambda: iter(OrderedDict.fromkeys(range(N))), "counter": lambda: Counter("ab" * 1500).elements(),
    "big range": lambda: iter(range(10**30, 10**30 + N)),
}
for name, make in made.items():
    it = make()
    total, bad = [], []
    gate = threading.Barrier(4)

    def drain():
        n = 0
        gate.wait()
        while n < 10000:
            try:
                next(it)
            except StopIteration:
                break
            except Exception as e:
                bad.append(f"{type(e).__name__}: {e}")
                break
            n += 1
        total.append(n)

    ts = [threading.Thread(target=drain) for _ in range(4)]
    for t in ts:
        t.start()
    for t in ts:
        t.join()
    print(name, sum(total), bad)
