# stress: no, hundreds of thousands of polls
"""The place of a removed element is used again: by the next one whose hash leads past it, as the order shows."""


def after(removed, added, count=20):
    elements = set(range(count))
    for element in removed:
        elements.remove(element)
    for element in added:
        elements.add(element)
    print(*elements)


after([3, 5], [3 + 128])
after([3, 5], [3 + 128, 3 + 256])
after([3, 4, 5], [4 + 128, 3 + 128])
after([5], [3 + 128])
after(range(1, 20, 2), range(128, 148, 3))
after(range(0, 90, 4), range(512, 700, 7), 100)

COUNT = 20_000
elements = set(range(COUNT))
for i in range(COUNT):
    elements.remove(COUNT // 2)
    elements.add(COUNT // 2)
    elements.add((i, i))
    elements.discard((i, i))
    elements ^= {-1, -2}
print(len(elements), sum(elements))


class Key:
    """A key that changes the set while it is compared."""

    def __init__(self, number):
        self.number = number

    def __hash__(self):
        return 7

    def __eq__(self, other):
        if self.number == 1 and others:
            others.remove(self)
            others.add(Key(2))
        return self.number == other.number


others = set()
first = Key(1)
others.add(first)
print(Key(2) in others, [key.number for key in others])
