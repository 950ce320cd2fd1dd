"""Generators: a pipeline, and a recursive walk with `yield from`."""


def numbers(n):
    i = 0
    while i < n:
        yield i
        i += 1


def odd(items):
    for item in items:
        if item & 1:
            yield item


def walk(depth):
    if depth:
        yield from walk(depth - 1)
        yield depth
        yield from walk(depth - 1)


total = sum(x * x % 7 for x in odd(numbers(5_000_000)))
print(total, sum(walk(18)))
