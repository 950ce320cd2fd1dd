# stress: no, a million polls
"""Primes in several ways, and what is done with them."""


def sieve(limit):
    flags = [True] * (limit + 1)
    flags[0] = flags[1] = False
    for n in range(2, int(limit**0.5) + 1):
        if flags[n]:
            flags[n * n :: n] = [False] * len(range(n * n, limit + 1, n))
    return [n for n, prime in enumerate(flags) if prime]


def is_prime(n):
    if n < 2:
        return False
    for p in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37):
        if n % p == 0:
            return n == p
    d, r = n - 1, 0
    while d % 2 == 0:
        d //= 2
        r += 1
    for a in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37):
        x = pow(a, d, n)
        if x in (1, n - 1):
            continue
        for _ in range(r - 1):
            x = x * x % n
            if x == n - 1:
                break
        else:
            return False
    return True


def factors(n):
    result = {}
    divisor = 2
    while divisor * divisor <= n:
        while n % divisor == 0:
            result[divisor] = result.get(divisor, 0) + 1
            n //= divisor
        divisor += 1
    if n > 1:
        result[n] = 1
    return result


def gcd(a, b):
    while b:
        a, b = b, a % b
    return a


def collatz(n):
    steps = 0
    while n != 1:
        n = 3 * n + 1 if n % 2 else n // 2
        steps += 1
    return steps


primes = sieve(100)
print(primes, len(sieve(10_000)), sieve(10_000) == [n for n in range(10_001) if is_prime(n)])
print([n for n in (2**31 - 1, 2**61 - 1, 2**61 + 1, 2**89 - 1, 10**18 + 9, 561) if is_prime(n)])
for n in (360, 97, 1001, 2**20, 999_999, 600851475143):
    print(n, "=", " * ".join(f"{p}^{e}" if e > 1 else str(p) for p, e in factors(n).items()))
print(
    [(p, p + 2) for p in primes if p + 2 in primes],
    gcd(1071, 462),
    max(range(1, 2000), key=collatz),
    [n for n in range(1, 500) if sum(d for d in range(1, n) if n % d == 0) == n],
)
print(
    sum(int(d) for d in str(2**1000)),
    [x for x in range(100, 1000) if sum(int(d) ** 3 for d in str(x)) == x],
    str(2**200)[::-1] == "".join(reversed(str(2**200))),
)
