class Countdown:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.n == 0:
            raise StopIteration
        self.n -= 1
        return self.n + 1


print(
    list(Countdown(3)),
    sum(Countdown(4)),
    [x for x in Countdown(2)],
    max(Countdown(5)),
    2 in Countdown(3),
    dict(zip("ab", Countdown(2))),
)
it = iter(Countdown(2))
print(next(it), next(it), next(it, "done"), list(it))
for x in Countdown(2):
    print(x, end=" ")
else:
    print("else")


class Tree:
    def __init__(self, value, *children):
        self.value, self.children = value, children

    def __iter__(self):
        yield self.value
        for child in self.children:
            yield from child


print(list(Tree(1, Tree(2, Tree(3)), Tree(4))))
a, b, *c = Countdown(4)
print(a, b, c)


class BadIter:
    def __iter__(self):
        return 5


class NotIter:
    __iter__ = None

    def __getitem__(self, i):
        return i


class Failing:
    def __iter__(self):
        return self

    def __next__(self):
        raise ValueError("next failed")


for f in (
    lambda: list(BadIter()),
    lambda: iter(NotIter()),
    lambda: list(Failing()),
    lambda: next(5),
    lambda: iter(5),
    lambda: next(iter([])),
    lambda: [x for x in 5],
    lambda: next([]),
):
    try:
        f()
    except Exception as error:
        print(type(error).__name__, error)
