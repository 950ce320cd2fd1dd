print(
    any([0, 1]),
    any([]),
    all([1, 2]),
    all([]),
    all([1, 0]),
    any(x > 2 for x in range(4)),
    all(x < 2 for x in range(4)),
    any("" for _ in range(3)),
    all("abc"),
    any({0: 1}),
)


def noisy(n):
    for i in range(n):
        print("yield", i, end="; ")
        yield i


print(any(noisy(5)), all(noisy(5)))
print(any(x == 2 for x in noisy(4)))
for f in (lambda: any(5), lambda: all(), lambda: any(1, 2), lambda: all(None)):
    try:
        f()
    except TypeError as error:
        print(error)
