from collections import Counter

c = Counter("abracadabra")
print(
    c,
    c["a"],
    c["z"],
    c.most_common(2),
    c.most_common(),
    len(c),
    sum(c.values()),
    c.total(),
    list(c.elements())[:6],
    sorted(c.elements()),
)
c.update("aaa")
c.subtract({"b": 1})
c["new"] = 5
del c["r"]
print(c, "z" in c, c.get("q"), sorted(c), dict(c))
a, b = Counter(a=3, b=1), Counter(a=1, b=2, c=4)
print(
    a + b,
    a - b,
    a & b,
    a | b,
    +Counter(x=-1, y=2),
    -Counter(x=-1),
    a == Counter({"b": 1, "a": 3}),
    a == {"a": 3, "b": 1},
    a <= a + b,
    Counter(a=1) < Counter(a=2),
)
print(
    Counter([1, 1, 2]),
    Counter({"k": 2}),
    Counter(),
    Counter(("a", "b", "a")),
    Counter(w.lower() for w in ["A", "a", "B"]),
    Counter("hello world").most_common(3),
)
a += b
a -= Counter(a=1)
print(
    a,
    repr(Counter("aab")),
    isinstance(a, dict),
    a.copy() == a,
    Counter(a=0, b=-1),
    max(a.items(), key=lambda kv: kv[1]),
    Counter("ab").keys() == {"a", "b"},
    a.pop("c"),
    a.setdefault("q", 7),
    a,
)
del a["not there"]
words = "a b a c b a".split()
for word, count in Counter(words).most_common():
    print(word, count, end="; ")
print()
for f in (lambda: Counter(5), lambda: Counter(1, 2), lambda: Counter.fromkeys("ab"), lambda: Counter([[]])):
    try:
        f()
    except Exception as error:
        print(type(error).__name__, error)
