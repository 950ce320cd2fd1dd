# modes: gil none
"""A generator that two threads enter at once raises ValueError in one of them, and lives on."""

import threading


def numbers():
    n = 0
    while True:
        yield n
        n += 1


shared = numbers()
got = [[] for _ in range(3)]
unexpected = []


def work(mine):
    for _ in range(1000):
        try:
            mine.append(next(shared))
        except ValueError as error:
            if str(error) != "generator already executing":
                unexpected.append(str(error))


threads = [threading.Thread(target=work, args=(mine,)) for mine in got]
for t in threads:
    t.start()
for t in threads:
    t.join()
everything = sorted(x for mine in got for x in mine)
print(unexpected, everything == list(range(len(everything))), next(shared) == len(everything))
