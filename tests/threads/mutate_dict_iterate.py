# stress: no, a million polls
# modes: gil none
"""Iterating a dict that grows: either all goes well or RuntimeError says why, as in CPython."""

import threading

shared = {i: i for i in range(50)}
unexpected = []


def grow():
    for i in range(50, 1500):
        shared[i] = i


def iterate():
    for _ in range(200):
        try:
            for key in shared:
                if shared[key] != key:
                    unexpected.append(key)
        except RuntimeError as error:
            if str(error) != "dictionary changed size during iteration":
                unexpected.append(str(error))
        snapshot = list(shared)
        if snapshot != list(range(len(snapshot))):
            unexpected.append("snapshot")


threads = [threading.Thread(target=grow), threading.Thread(target=iterate), threading.Thread(target=iterate)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(unexpected, len(shared))
