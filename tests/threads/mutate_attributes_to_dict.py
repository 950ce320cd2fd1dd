# modes: gil none
"""Attributes move to a dict (vars) or to another class while other threads store them: no store is lost."""

import threading

ROUNDS, NAMES = 300, 12


class Target:
    pass


class Other:
    pass


bad = []
gates = [threading.Barrier(3) for _ in range(2)]
shared = Target()


def begin(round):
    """All threads at the beginning of a round with a new object; one of them has made it."""
    global shared
    if gates[0].wait() == 0:
        shared = Target()
        for name in range(NAMES):
            setattr(shared, f"a{name}", -1)
    gates[1].wait()
    return shared


def store(names):
    for round in range(ROUNDS):
        target = begin(round)
        for i in range(3):
            for name in names:
                setattr(target, f"a{name}", i)
                if getattr(target, f"a{name}") != i:
                    bad.append((round, name, i))


def move():
    for round in range(ROUNDS):
        target = begin(round)
        if round % 2:
            vars(target)
        else:
            target.__class__ = Other
        if len(vars(target)) != NAMES:
            bad.append((round, "names", sorted(vars(target))))


threads = [threading.Thread(target=store, args=(range(start, NAMES, 2),)) for start in range(2)]
threads.append(threading.Thread(target=move))
for t in threads:
    t.start()
for t in threads:
    t.join()
print(bad, sorted(vars(shared).values()))
