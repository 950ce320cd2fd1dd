from collections import defaultdict

d = defaultdict(list)
d["a"].append(1)
d["a"].append(2)
d["b"]
print(d, dict(d), len(d), "c" in d, d.get("c"), d["c"], "c" in d, d.default_factory)
n = defaultdict(int)
for c in "mississippi":
    n[c] += 1
print(sorted(n.items()), n, max(n, key=n.get), n == {"m": 1, "i": 4, "s": 4, "p": 2}, isinstance(n, dict))
nested = defaultdict(lambda: defaultdict(int))
nested["x"]["y"] += 5
print(nested["x"]["y"], nested["q"]["r"], sorted(nested), {k: dict(v) for k, v in nested.items()})
s = defaultdict(set, {"k": {1}})
s["k"].add(2)
s["n"].add(3)
print(
    s,
    defaultdict(None, a=1),
    defaultdict(int, [("z", 26)]),
    s.copy(),
    type(s.copy()).__name__,
    defaultdict(int) | {"a": 1},
)
plain = defaultdict()
for f in (
    lambda: plain["x"],
    lambda: defaultdict(5),
    lambda: defaultdict(lambda: 1 / 0)["k"],
    lambda: d[[]],
    lambda: n.pop("zz"),
):
    try:
        f()
    except Exception as error:
        print(type(error).__name__, error)


def factory():
    print("factory called")
    return "made"


f = defaultdict(factory)
print(f["x"], f["x"], f.setdefault("y", 1), f.pop("x"), dict(f))


class Sub(defaultdict):
    def __missing__(self, key):
        return f"no {key}"


print(Sub(int)["a"], len(Sub(int)))
groups = defaultdict(list)
for word in "the quick brown fox jumps over the lazy dog".split():
    groups[len(word)].append(word)
print(dict(groups))
