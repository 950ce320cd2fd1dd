# stress: no, hundreds of thousands of polls
"""Taking from an end of a dict passes over what was deleted there once, however often something is added behind it."""

COUNT = 100_000


def full(count=COUNT):
    return {i: i for i in range(count)}


stack = full()
for _ in range(COUNT // 2):
    stack.popitem()
for i in range(COUNT):
    stack[-i - 1] = i
    assert stack.popitem() == (-i - 1, i)
print(len(stack), list(stack)[-3:])

nested = full()
for i in range(COUNT // 3):
    nested[-i - 1] = nested.popitem()
    if i % 3 == 0:
        nested.popitem(), nested.popitem()
print(len(nested), nested.popitem(), list(nested)[-3:])

FEW = 6_000
queue = full(FEW)
for i in range(FEW):
    first = next(iter(queue))
    del queue[first]
    queue[FEW + i] = first
print(len(queue), next(iter(queue)), queue.popitem())

emptied = full(FEW)
for _ in range(FEW - 1):
    del emptied[next(iter(emptied))]
for i in range(FEW):
    key = next(iter(emptied))
    del emptied[key]
    assert not emptied
    emptied[i] = key
print(emptied, list(reversed(emptied)))
