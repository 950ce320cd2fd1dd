import random

random.seed(1)
items = list("abcdefghij")
print(
    [random.choice(items) for _ in range(10)],
    random.choice("xyz"),
    random.choice(range(100)),
    random.choice((1,)),
)
random.shuffle(items)
print(items)
print(
    random.sample(range(100), 5),
    random.sample("abcdef", 3),
    random.sample(range(10**9), 4),
    random.sample([1, 2], 2),
    random.sample([], 0),
    random.sample(range(30), 25),
    random.sample(["a", "b"], counts=[3, 2], k=4),
)
print(
    random.choices("abc", k=5),
    random.choices([1, 2, 3], weights=[10, 1, 1], k=8),
    random.choices("ab", cum_weights=[1, 3], k=4),
    random.choices([5]),
)
deck = [(rank, suit) for suit in "SH" for rank in range(1, 5)]
random.shuffle(deck)
print(deck)
numbers = list(range(1000))
random.shuffle(numbers)
print(numbers[:10], sum(numbers), sorted(numbers) == list(range(1000)))
