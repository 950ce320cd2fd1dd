"""Lists, dicts, sets and deques that grow and shrink again and again keep what they should."""

from collections import deque

state = 12345


def pseudo_random(n):
    global state
    state = (state * 1103515245 + 12345) % 2**31
    return state // 65536 % n


dictionary, elements, items, ring = {}, set(), [], deque()
for step in range(6000):
    key = pseudo_random(300)
    action = pseudo_random(6)
    if action < 3:
        dictionary[key] = f"value {key} {step}"
        elements.add(f"e{key}")
        items.append(key)
        ring.appendleft(key)
    elif action == 3:
        dictionary.pop(key, None)
        elements.discard(f"e{key}")
        if items:
            del items[pseudo_random(len(items))]
        if ring:
            ring.pop()
    elif action == 4 and items:
        items.insert(pseudo_random(len(items)), -key)
        items[::7] = items[::-7][: len(items[::7])]
    elif len(items) > 500:
        del items[100:400]
        ring.rotate(3)
    if step % 1000 == 999:
        print(
            len(dictionary),
            len(elements),
            len(items),
            len(ring),
            sum(items),
            sum(ring),
            sorted(dictionary)[:3],
            min(elements),
        )
for key in list(dictionary):
    del dictionary[key]
elements.clear()
print(dictionary, elements, len(items), len(ring))
