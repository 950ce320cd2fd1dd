import random

for seed in (0, 1, 42, 123456789, 2**70, -5, "text", b"bytes", 3.5, "é"):
    random.seed(seed)
    print(repr(seed), [random.random() for _ in range(3)])
random.seed(42)
print([round(random.uniform(1, 10), 6) for _ in range(5)], random.uniform(5, 1), random.uniform(0, 0))
print(
    [random.gauss(0, 1) for _ in range(4)],
    random.gauss(10, 2),
    random.normalvariate(0, 1),
    random.gauss(),
    random.expovariate(2),
    random.triangular(0, 10, 3),
    random.triangular(),
)
print(
    random.betavariate(1, 2),
    random.lognormvariate(0, 1),
    random.vonmisesvariate(0, 4),
    random.gammavariate(2, 1),
    random.gammavariate(0.5, 1),
    random.paretovariate(3),
    random.weibullvariate(1, 2),
)
random.seed(7)
values = [random.random() for _ in range(2000)]
print(values[700], values[1999], sum(values))
