def count(n):
    i = 0
    while i < n:
        yield i
        i += 1


g = count(3)
print(
    next(g),
    next(g),
    next(g),
    next(g, "done"),
    list(count(4)),
    sum(count(5)),
    [x * 2 for x in count(3)],
    tuple(count(2)),
)
for x in count(3):
    print(x, end=" ")
print(
    3 in count(5),
    9 in count(5),
    max(count(5)),
    sorted(count(3), reverse=True),
    dict(zip(count(2), "ab")),
    set(count(2)),
    *count(2),
)


def empty():
    return
    yield


def infinite():
    n = 0
    while True:
        yield n
        n += 1


def fib():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b


print(list(empty()), [x for x, _ in zip(infinite(), range(3))])
result = []
for n in fib():
    if n > 50:
        break
    result.append(n)
print(result)


def lazy():
    print("started")
    yield 1
    print("resumed")
    yield 2
    print("finished")


g = lazy()
print("created")
print(next(g))
print(next(g))
print(next(g, None))
a, b, *c = count(5)
print(a, b, c, type(g).__name__, iter(g) is g, g.__name__, repr(g).startswith("<generator object lazy at 0x"))
squares = (x * x for x in range(4))
print(next(squares), list(squares), list(squares), sum(x for x in range(3) if x), (y for y in "ab").__name__)


def closure_generator(n):
    def inner():
        for i in range(n):
            yield i + n

    return inner()


print(list(closure_generator(2)))


def recursive(tree):
    if isinstance(tree, list):
        for t in tree:
            for leaf in recursive(t):
                yield leaf
    else:
        yield tree


print(list(recursive([1, [2, [3, 4], 5]])))


def bare_yield():
    yield
    yield 5, 6
    x = yield


print(list(bare_yield()))


def sieve():
    def filtered(source, p):
        for n in source:
            if n % p:
                yield n

    source = iter(range(2, 50))
    for p in source:
        yield p
        source = filtered(source, p)


print(list(sieve())[:6])
