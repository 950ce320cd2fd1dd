"""Many generators alive at once, each with values that only its frame holds."""


def worker(n):
    values = [n, [n * 2], {"n": n}]
    text = f"worker {n}"
    while True:
        command = yield values[1][0]
        if command is None:
            continue
        values[1][0] += command
        values[2][command] = text * 2
        try:
            yield sum(k for k in values[2] if isinstance(k, int))
        finally:
            values.append(text)


workers = [worker(n) for n in range(500)]
print(sum(next(w) for w in workers))
for round in range(3):
    print(sum(w.send(round + 1) for w in workers), sum(next(w) for w in workers))
for w in workers[::2]:
    w.close()
print(sum(next(w, -1) for w in workers))
