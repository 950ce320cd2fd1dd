"""Built-in iterators say how much they have left."""

import operator

made = [
    lambda: iter([1, 2, 3]), lambda: reversed([1, 2, 3]), lambda: iter((1, 2, 3)), lambda: iter(range(1, 9, 3)),
    lambda: iter("abc"), lambda: iter("äöü"), lambda: iter(b"abc"), lambda: iter({1: 2, 3: 4, 5: 6}),
    lambda: iter({1: 2, 3: 4, 5: 6}.values()), lambda: iter({1: 2, 3: 4, 5: 6}.items()),
    lambda: reversed({1: 2, 3: 4, 5: 6}), lambda: reversed({1: 2, 3: 4, 5: 6}.items()), lambda: iter({1, 2, 3}),
    lambda: reversed((1, 2, 3)), lambda: reversed(range(3)),
]
for make in made:
    it = make()
    left = [it.__length_hint__()]
    for _ in it:
        left.append(operator.length_hint(it))
    print(type(it).__name__, left)
