d = {}
for k in "zebra":
    d[k] = d.get(k, 0) + 1
print(d)
del d["e"]
d["e"] = 5
d["z"] = 100
print(d, list(d), d.popitem())
d = {i: i * i for i in range(10)}
for i in range(0, 10, 2):
    del d[i]
print(d)
for i in range(8):
    d.setdefault(i, "new")
print(d)
big = {i: str(i) for i in range(1000)}
for i in range(0, 1000, 3):
    del big[i]
print(len(big), list(big)[:5], list(big)[-3:], big[500] if 500 in big else None, 999 in big)
counts = {}
for word in "the cat and the dog and the bird".split():
    counts[word] = counts.get(word, 0) + 1
print(counts, sorted(counts, key=lambda w: (-counts[w], w)))
print({"b": 1, "a": 2, **{"c": 3, "b": 4}}, dict(b=1, a=2) == dict(a=2, b=1), {"x": 1, "x": 2})
merged = {**{"q": 1}, **dict(w=2)}
merged.pop("q")
merged["q"] = 0
print(merged)
