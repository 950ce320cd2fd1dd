"""Closures: counters, and functions made of functions."""


def counter(step):
    value = 0

    def advance():
        nonlocal value
        value += step
        return value

    return advance


def compose(f, g):
    return lambda x: f(g(x))


def power(f, n):
    result = f
    for _ in range(n - 1):
        result = compose(f, result)
    return result


advance = [counter(step) for step in range(10)]
for _ in range(400_000):
    for function in advance:
        function()
chain = power(lambda x: x * 3 % 1009, 20)
print(sum(function() for function in advance), sum(chain(x) for x in range(120_000)))
