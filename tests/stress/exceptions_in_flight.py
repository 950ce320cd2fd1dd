"""Exceptions raised and caught a great many times, with tracebacks that keep frames alive."""


class Retry(Exception):
    def __init__(self, left):
        super().__init__(f"{left} left")
        self.left = left


def attempt(n):
    local = [n] * 3
    if n % 3 == 0:
        raise Retry(len(local))
    try:
        return {"n": n}[n]
    except KeyError as error:
        raise LookupError(n) from error


kept = []
counts = {}
for n in range(4000):
    try:
        attempt(n)
    except Retry as error:
        counts["retry"] = counts.get("retry", 0) + error.left
    except LookupError as error:
        counts[type(error.__cause__).__name__] = counts.get(type(error.__cause__).__name__, 0) + 1
        if n % 500 == 1:
            kept.append(error)
    finally:
        counts["all"] = counts.get("all", 0) + 1
print(counts)
for error in kept:
    depth, traceback = 0, error.__traceback__
    while traceback:
        depth, traceback = depth + 1, traceback.tb_next
    print(error, depth, repr(error.__cause__))
