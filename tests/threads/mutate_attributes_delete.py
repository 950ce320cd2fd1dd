# modes: gil none
"""Attributes that come and go: a read gives what was stored or AttributeError, nothing else."""

import threading

ROUNDS = 1500


class Target:
    steady = "class attribute"


shared = Target()
shared.x = "x value"
bad = []


def come_and_go(name):
    for _ in range(ROUNDS):
        setattr(shared, name, name + " value")
        delattr(shared, name)


def read():
    for _ in range(ROUNDS):
        for name in ("a", "b"):
            value = getattr(shared, name, None)
            if value is not None and value != name + " value":
                bad.append((name, value))
        if shared.x != "x value" or shared.steady != "class attribute":
            bad.append(shared.x)


threads = [threading.Thread(target=come_and_go, args=(n,)) for n in "ab"]
threads += [threading.Thread(target=read) for _ in range(2)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(bad, vars(shared))
