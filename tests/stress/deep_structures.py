# stress: no, 100,000 levels
"""Structures as deep as memory: built, walked and collected without recursion."""

DEPTH = 100_000
nested = []
for _ in range(DEPTH):
    nested = [nested]
chain = None
for i in range(DEPTH):
    chain = (i, chain)


class Link:
    __slots__ = ("next",)

    def __init__(self, next):
        self.next = next


links = None
for _ in range(DEPTH):
    links = Link(links)
garbage = [[i] for i in range(DEPTH)]
del garbage


def depth(nested):
    n = 0
    while nested:
        nested = nested[0]
        n += 1
    return n


def total(chain):
    result = 0
    while chain:
        value, chain = chain
        result += value
    return result


def count(links):
    n = 0
    while links:
        links = links.next
        n += 1
    return n


print(depth(nested), total(chain), count(links))


def closures(n):
    function = lambda: 0
    for _ in range(n):
        function = (lambda inner: lambda: inner)(function)
    return function


f = closures(DEPTH)
steps = 0
while callable(f):
    f = f()
    steps += 1
print(steps)


def generators(n):
    g = iter(())
    for _ in range(n):
        g = (x for x in g)
    return g


g = generators(DEPTH)
print(type(g).__name__)
