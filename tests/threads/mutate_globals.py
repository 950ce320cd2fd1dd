# modes: gil none
"""Module globals: rebound and read by several threads; a function sees whole values."""

import threading

ROUNDS = 3000
current = (0, 0)
bad = []


def store(n):
    global current
    for i in range(ROUNDS):
        current = (i, i * n, n)


def read():
    for _ in range(ROUNDS):
        value = current
        if len(value) == 3 and value[0] * value[2] != value[1]:
            bad.append(value)


def add_names(n):
    for i in range(300):
        globals()[f"name_{n}_{i}"] = i


threads = [threading.Thread(target=store, args=(n,)) for n in (2, 3)]
threads += [threading.Thread(target=read)] + [threading.Thread(target=add_names, args=(n,)) for n in "ab"]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(bad, name_a_299, name_b_0, sum(name.startswith("name_") for name in globals()))
