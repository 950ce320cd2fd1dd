def numbers(n):
    for i in range(n):
        yield i


def evens(source):
    for x in source:
        if x % 2 == 0:
            yield x


def squared(source):
    return (x * x for x in source)


def batched(source, size):
    batch = []
    for x in source:
        batch.append(x)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def sliding(source, size):
    window = []
    for x in source:
        window.append(x)
        if len(window) > size:
            window.pop(0)
        if len(window) == size:
            yield tuple(window)


def merge(a, b):
    a, b = iter(a), iter(b)
    x, y = next(a, None), next(b, None)
    while x is not None or y is not None:
        if y is None or (x is not None and x <= y):
            yield x
            x = next(a, None)
        else:
            yield y
            y = next(b, None)


def primes():
    found = []
    n = 2
    while True:
        if all(n % p for p in found if p * p <= n):
            found.append(n)
            yield n
        n += 1


def take(n, source):
    return [x for _, x in zip(range(n), source)]


print(
    list(squared(evens(numbers(10)))),
    list(batched(numbers(7), 3)),
    list(sliding("abcd", 2)),
    list(merge([1, 4, 6], [2, 3, 9])),
)
print(
    take(10, primes()),
    sum(x * y for x in numbers(4) for y in numbers(x)),
    [list(g) for g in ((i for i in range(j)) for j in range(4))],
)
x = 10
gen = (x * i for i in range(3))
x = 20
print(list(gen))
source = [1, 2, 3]
gen = (v for v in source)
source = [7, 8]
print(
    list(gen),
    list(filter(None, (i % 3 for i in range(7)))),
    list(map(lambda a, b: a + b, numbers(3), squared(numbers(3)))),
)


def state_machine():
    state = "idle"
    while True:
        event = yield state
        if state == "idle" and event == "start":
            state = "running"
        elif state == "running" and event == "stop":
            state = "stopped"
        elif event == "reset":
            state = "idle"


m = state_machine()
next(m)
print([m.send(e) for e in ("stop", "start", "start", "stop", "reset")])


def round_robin(*sources):
    active = [iter(s) for s in sources]
    while active:
        for it in list(active):
            try:
                yield next(it)
            except StopIteration:
                active.remove(it)


print("".join(round_robin("abc", "1", "xy")))
generators = [numbers(3) for _ in range(100)]
print(sum(next(g) for g in generators for _ in range(3)))
