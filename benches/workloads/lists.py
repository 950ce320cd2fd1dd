"""Lists: built, indexed, sliced, sorted by key."""


def shuffled(n):
    state = 1
    values = []
    for _ in range(n):
        state = state * 16807 % 2147483647
        values.append(state)
    return values


def sieve(n):
    prime = [True] * n
    prime[0] = prime[1] = False
    i = 2
    while i * i < n:
        if prime[i]:
            for j in range(i * i, n, i):
                prime[j] = False
        i += 1
    return sum(prime)


values = shuffled(600_000)
by_tail = sorted(values, key=lambda value: value % 1000)
values.sort()
print(by_tail[0], by_tail[-1], values[300_000], len(values[::7]), sieve(4_000_000))
