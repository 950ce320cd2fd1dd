it = iter([1, 2])
print(next(it), next(it), next(it, "default"), next(iter(""), None), list(iter("ab")), iter(it) is it)
data = [1, 2, 0, 3]
print(list(iter(lambda: data.pop(0), 0)), data)
n = 0


def tick():
    global n
    n += 1
    return n


print(
    list(iter(tick, 4)),
    type(iter([])).__name__,
    type(iter("")).__name__,
    type(iter({})).__name__,
    type(iter(())).__name__,
    type(iter(set())).__name__,
    type(iter(range(0))).__name__,
    type(iter(b"")).__name__,
)
it = iter([1, 2, 3])
next(it)
print(
    list(it),
    list(it),
    list(reversed([1, 2, 3])),
    list(reversed("abc")),
    list(reversed((1, 2))),
    list(reversed(range(3))),
    next(reversed([9])),
    list(reversed({1: 2, 3: 4})),
)
it = iter({"a": 1}.items())
print(next(it))
lst = [1, 2]
it = iter(lst)
next(it)
lst.append(3)
print(list(it), type(reversed([])).__name__)
for f in (
    lambda: next(iter([])),
    lambda: iter(5),
    lambda: next(5),
    lambda: iter(5, 6),
    lambda: reversed(5),
    lambda: reversed({1}),
    lambda: next(),
    lambda: iter(),
    lambda: reversed(iter([])),
    lambda: next(iter([1]), 1, 2),
):
    try:
        f()
    except (TypeError, StopIteration) as error:
        print(type(error).__name__, error)
