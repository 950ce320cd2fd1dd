# modes: gil none
"""Attributes of one object: added, stored and read by several threads, each name its own."""

import threading

NAMES, ROUNDS = 30, 100


class Target:
    pass


shared = Target()
shared.pair = (0, 0)
bad = []


def work(thread):
    for i in range(ROUNDS):
        for name in range(NAMES):
            setattr(shared, f"a{thread}_{name}", i)
        shared.pair = (i, i * thread, thread)
        if len(shared.pair) == 3 and shared.pair is not None:
            n, product, who = shared.pair
            if n * who != product:
                bad.append((n, product, who))
        for name in range(NAMES):
            if getattr(shared, f"a{thread}_{name}") != i:
                bad.append((thread, name, i))


threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(
    bad,
    len(vars(shared)),
    all(getattr(shared, f"a{n}_{k}") == ROUNDS - 1 for n in range(4) for k in range(NAMES)),
)
