# modes: gil none
"""Iterators that keep a state of their own besides stepping others: each step is whole, whichever thread takes it."""

import itertools
import threading

N = 20_000
THREADS = 4


def drain(iterator, take=N * 2):
    got = [[] for _ in range(THREADS)]
    gate = threading.Barrier(THREADS)

    def work(mine):
        gate.wait()
        for element in itertools.islice(iterator, take):
            mine.append(element)

    threads = [threading.Thread(target=work, args=(mine,)) for mine in got]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return [element for mine in got for element in mine]


def numbers():
    return iter(range(N))


pairs = drain(enumerate(numbers()))
print("enumerate", len(pairs), all(a == b for a, b in pairs))
pairs = drain(zip(numbers(), numbers(), list(numbers())))
print("zip", len(pairs), all(a == b == c for a, b, c in pairs))
sums = drain(map(lambda a, b: a - b, numbers(), numbers()))
print("map", len(sums), set(sums))
pairs = drain(itertools.zip_longest(numbers(), range(N - 10), fillvalue=None))
print("zip_longest", len(pairs), all(a == b or b is None for a, b in pairs), sum(b is None for _, b in pairs))
pairs = drain(itertools.pairwise(numbers()))
print("pairwise", len(pairs), all(b == a + 1 for a, b in pairs))
batches = drain(itertools.batched(numbers(), 3))
print("batched", len(batches), sorted(map(len, batches))[:2], all(b[-1] - b[0] == len(b) - 1 for b in batches))
sums = drain(itertools.accumulate([1] * N))
print("accumulate", len(sums), sorted(sums) == list(range(1, N + 1)))
links = drain(itertools.chain(*([i, i + 0.5] for i in range(N // 2))))
print("chain", len(links), len(set(links)))
places = drain(itertools.islice(numbers(), 5, 1000, 3))
print("islice", sorted(places) == list(range(5, 1000, 3)))
rounds = drain(itertools.cycle(iter([1, 2, 3])), N)
print("cycle", len(rounds), [abs(rounds.count(n) - len(rounds) / 3) < 1 for n in (1, 2, 3)])
chosen = drain(itertools.compress(numbers(), [n % 2 for n in range(N)]))
print("compress", len(chosen), all(n % 2 for n in chosen))
floats = drain(itertools.count(0.5, 0.25), N)
print("count of floats", len(floats), len(set(floats)))
elements = drain(memoryview(bytes(range(250)) * 80).__iter__())
print("memoryview", len(elements), all(elements.count(n) == 80 for n in (0, 7, 249)))
print("bytearray", len(drain(iter(bytearray(N)))))


# The iterators of one tee, each in a thread of its own, see the same elements.
tees = itertools.tee(numbers(), THREADS)
seen = [[] for _ in tees]
threads = [threading.Thread(target=lambda mine, tee: mine.extend(tee), args=pair) for pair in zip(seen, tees)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print("tee", all(mine == list(range(N)) for mine in seen))
tee, = itertools.tee(numbers(), 1)
print("one tee", sorted(drain(tee)) == list(range(N)))
