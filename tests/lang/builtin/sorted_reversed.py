print(
    sorted([3, 1, 2]),
    sorted("bca"),
    sorted({"b": 1, "a": 2}),
    sorted([3, 1, 2], reverse=True),
    sorted(["bb", "a"], key=len),
    sorted([(2, "a"), (1, "b")]),
    sorted(x * -1 for x in range(3)),
)
people = [("Al", 30), ("Bo", 25), ("Cy", 30), ("Di", 25)]
print(
    sorted(people, key=lambda p: p[1]),
    sorted(people, key=lambda p: p[1], reverse=True),
    sorted(people, key=lambda p: (-p[1], p[0])),
)
print(
    list(reversed([1, 2, 3])),
    "".join(reversed("abc")),
    [*reversed(range(5))],
    list(reversed([])),
    sorted([True, False, 2, 0.5]),
    sorted([b"b", b"a"]),
    sorted([[2, 1], [1, 2]]),
    sorted(set([3, 3, 1])),
)
print(
    sorted([], key=None),
    sorted([1, 2], key=None, reverse=False),
    sorted("Hello World", key=str.lower),
    sorted(["10", "9", "2"]),
    sorted(["10", "9", "2"], key=int),
)
calls = []
sorted([3, 1, 2], key=lambda x: calls.append(x) or x)
print(calls)
a = [1, 2, 3]
b = sorted(a, reverse=True)
print(a, b, a is not b)
