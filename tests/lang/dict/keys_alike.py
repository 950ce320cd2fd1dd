# stress: no, hundreds of thousands of polls
"""Keys whose hashes share their low bits, or their high ones, are told apart as quickly as others."""

COUNT = 4_000
KINDS = {
    "plain": lambda i: i,
    "times 2**10": lambda i: i << 10,
    "times 2**20": lambda i: i << 20,
    "times 2**32": lambda i: i << 32,
    "times 2**40": lambda i: i << 40,
    "the modulus": lambda i: i * (2**61 - 1) if i < 500 else i,
    "halves": lambda i: i * 0.5,
    "tenths": lambda i: i * 0.1,
    "large floats": lambda i: i * 2.0**40,
    "negative": lambda i: -i,
    "in a row": lambda i: (i, i + 1),
    "in a grid": lambda i: (i & 255, i >> 8),
    "digits": str,
    "two halves": lambda i: i + (i << 31),
    "bytes": lambda i: i.to_bytes(8, "little"),
    "sets": lambda i: frozenset((i, i + 1)),
    "complex": lambda i: complex(i, -i),
}
for name, key in KINDS.items():
    keys = [key(i) for i in range(COUNT)]
    entries = dict.fromkeys(keys, 0)
    for key in keys:
        entries[key] += 1
    others = [(key,) for key in keys]
    print(name, sum(entries.values()), len(entries), len(set(keys)), sum(key in entries for key in others))

lengths = {1: 1}
for start in range(2, 20_000):
    number, steps = start, 0
    while number not in lengths:
        number = number // 2 if number % 2 == 0 else 3 * number + 1
        steps += 1
    lengths[start] = lengths[number] + steps
print(max(lengths, key=lengths.get), len(lengths))
