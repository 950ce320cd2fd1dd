# stress: no, hundreds of thousands of polls
"""Moving entries to either end and taking them from there costs the same in a long OrderedDict as in a short one."""

from collections import OrderedDict

COUNT = 15_000
entries = OrderedDict((i, str(i)) for i in range(COUNT))
for i in range(0, COUNT, 2):
    entries.move_to_end(i, last=False)
for i in range(1, COUNT, 2):
    entries.move_to_end(i)
print(list(entries)[:3], list(entries)[-3:], len(entries))
for i in range(COUNT):
    entries.move_to_end(i, last=False)
    assert entries.popitem(last=False) == (i, str(i))
    entries[i] = i
    entries.move_to_end(i, last=False)
    key, value = entries.popitem()
    entries[key] = value
    entries.move_to_end(key, last=i % 3 == 0)
print(list(entries)[:5], list(entries)[-5:], len(entries))


class Same:
    """Equal by what script code says."""

    def __init__(self, number):
        self.number = number

    def __eq__(self, other):
        return self.number == other.number

    def __hash__(self):
        return 7

    def __repr__(self):
        return f"Same({self.number})"


# The key that was there first stays.
asked = OrderedDict((Same(i), i) for i in range(4))
kept = list(asked)
asked.move_to_end(Same(1))
asked.move_to_end(Same(2), last=False)
print(asked, sorted(map(kept.index, asked)))
for missing in (Same(9), "no"):
    try:
        asked.move_to_end(missing)
    except KeyError as error:
        print("KeyError", error)

# Against a list that does the same.
model, seed = [], 1
entries = OrderedDict()
for _ in range(3000):
    seed = seed * 1103515245 + 12345 & 0x7FFFFFFF
    what, key = seed >> 8 & 7, seed >> 12 & 31
    if what < 3:
        entries.setdefault(key, key)
        if key not in model:
            model.append(key)
    elif what == 3 and key in model:
        del entries[key]
        model.remove(key)
    elif what < 6 and key in model:
        entries.move_to_end(key, last=what == 4)
        model.remove(key)
        model.insert(len(model) if what == 4 else 0, key)
    elif model:
        last = what == 6
        assert entries.popitem(last) == (model[-1 if last else 0],) * 2
        model.pop(-1 if last else 0)
    assert list(entries) == model and len(entries) == len(model)
    assert list(reversed(entries)) == model[::-1]
print(model)
