"""A loop over local ints: counting down, in one thread."""


def countdown(n):
    while n > 0:
        n -= 1
    return n


print(countdown(20_000_000))
