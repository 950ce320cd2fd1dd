from itertools import (
    accumulate,
    batched,
    chain,
    compress,
    count,
    cycle,
    dropwhile,
    filterfalse,
    islice,
    pairwise,
    repeat,
    starmap,
    takewhile,
    tee,
    zip_longest,
)

print(
    list(islice(count(), 3)),
    list(islice(count(10, 5), 3)),
    list(islice(count(1.5, 0.5), 2)),
    list(islice(cycle("ab"), 5)),
    list(repeat("x", 3)),
    list(islice(repeat(1), 2)),
    list(islice(count(step=-1), 3)),
)
print(
    list(chain([1], "ab", (2,))),
    list(chain()),
    list(chain.from_iterable([[1, 2], [3]])),
    list(chain.from_iterable("ab")),
)
print(
    list(islice("abcdefg", 2)),
    list(islice("abcdefg", 2, 4)),
    list(islice("abcdefg", 2, None)),
    list(islice("abcdefg", 0, None, 2)),
    list(islice([1], 5)),
)
print(
    list(takewhile(lambda x: x < 3, [1, 2, 3, 1])),
    list(dropwhile(lambda x: x < 3, [1, 2, 3, 1])),
    list(filterfalse(lambda x: x % 2, range(5))),
    list(filterfalse(None, [0, 1])),
    list(compress("abcd", [1, 0, 1, 0])),
)
print(
    list(accumulate([1, 2, 3])),
    list(accumulate([1, 2, 3], lambda a, b: a * b)),
    list(accumulate([1, 2], initial=10)),
    list(accumulate([])),
    list(accumulate("abc")),
    list(accumulate([3, 1, 4], max)),
)
print(
    list(pairwise("abc")),
    list(pairwise([1])),
    list(zip_longest("ab", [1], fillvalue="-")),
    list(zip_longest([1], [])),
    list(zip_longest()),
    list(starmap(pow, [(2, 3), (3, 2)])),
    list(batched("abcde", 2)),
)
a, b = tee([1, 2, 3])
print(
    next(a),
    list(b),
    list(a),
    len(tee([], 3)),
    next(count(5)),
    repr(count(5)),
    repr(count(1, 2)),
    repr(repeat(1, 2)),
    repr(repeat("x")),
)
it = iter(range(6))
print(list(islice(it, 2)), list(it))
for f in (
    lambda: islice([1], -1),
    lambda: chain(5).__next__(),
    lambda: repeat(),
    lambda: count("a"),
    lambda: list(starmap(pow, [1])),
    lambda: list(accumulate([1, "a"])),
    lambda: cycle(5),
    lambda: list(batched("a", 0)),
    lambda: tee([], -1),
    lambda: islice(),
    lambda: next(cycle([])),
    lambda: islice([1], "a"),
    lambda: list(batched("abc", 2, strict=True)),
):
    try:
        f()
    except Exception as error:
        print(type(error).__name__, error)
