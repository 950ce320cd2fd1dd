# stress: no, hundreds of thousands of polls
"""Inserting and deleting anywhere in a deque; near an end it costs little, however long the deque is."""

from collections import deque

long = deque(range(50_000))
for i in range(15_000):
    long.insert(1, i)
    long.insert(-1, i)
    long.insert(len(long), i)
    del long[2]
    del long[-3]
    long.remove(long[0])
    assert long != deque([1]) and (long < deque([-1])) is False
print(len(long), list(long)[:4], list(long)[-4:])

model, items, seed = [], deque(), 1
for step in range(300):
    seed = seed * 1103515245 + 12345 & 0x7FFFFFFF
    what, at = seed >> 8 & 7, (seed >> 12) % (len(model) + 1)
    if what < 4:
        items.insert(at, step)
        model.insert(at, step)
    elif what < 6 and at < len(model):
        del items[at], model[at]
    elif what == 6:
        items.rotate(at)
        model[:] = model[len(model) - at :] + model[: len(model) - at]
    else:
        items.appendleft(step)
        model.insert(0, step)
    assert list(items) == model and list(reversed(items)) == model[::-1]
    assert items == deque(model) and (items < deque(model + [1])) and items >= deque(model[:-1])
print(len(items), list(items)[:5])

bounded = deque([1, 2, 3], maxlen=4)
bounded.insert(1, 9)
try:
    bounded.insert(0, 5)
except IndexError as error:
    print(bounded, error)
print(deque("abc") < deque("abd"), deque("ab") < deque("abc"), deque() == deque(), deque([[]]) != deque([()]))
