import random

random.seed(0)
print([random.randint(1, 6) for _ in range(20)])
print(
    [random.randrange(10) for _ in range(10)],
    [random.randrange(5, 50, 5) for _ in range(5)],
    random.randrange(0, -10, -3),
    random.randrange(2**70),
    random.randint(-(2**40), 2**40),
    random.randint(5, 5),
)
print(
    [random.getrandbits(k) for k in (1, 8, 31, 32, 33, 64, 100)], random.getrandbits(0), random.randbytes(5)
)
for n in (1, 2, 3, 7, 8, 9, 255, 256, 257, 2**31, 2**32, 2**32 + 1, 2**53, 2**64):
    print(n, random.randrange(n), end="; ")
print()
for f in (
    lambda: random.randint(5, 1),
    lambda: random.randrange(0),
    lambda: random.randrange(5, 5),
    lambda: random.randrange(1, 10, 0),
    lambda: random.randrange(1.5),
    lambda: random.getrandbits(-1),
    lambda: random.choice([]),
    lambda: random.sample([1], 2),
    lambda: random.sample({1, 2}, 1),
    lambda: random.choices([]),
    lambda: random.sample(range(3), -1),
    lambda: random.seed([]),
    lambda: random.randint(1),
    lambda: random.shuffle((1, 2)),
    lambda: random.choice({}),
    lambda: random.choice(5),
):
    try:
        print(f())
    except Exception as error:
        print(type(error).__name__, error)
