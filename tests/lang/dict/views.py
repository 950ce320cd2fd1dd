d = {"a": 1, "b": 2}
keys, values, items = d.keys(), d.values(), d.items()
print(keys, values, items)
d["c"] = 3
print(keys, values, items, len(keys), "c" in keys, 3 in values, ("c", 3) in items, ("c", 4) in items)
print(
    sorted(keys & {"a", "z"}),
    sorted(keys | {"z"}),
    sorted(keys - {"a"}),
    sorted(keys ^ {"a", "z"}),
    keys == {"a", "b", "c"},
)
print(
    sorted(items & {("a", 1), ("q", 0)}),
    keys >= {"a"},
    keys.isdisjoint(["q"]),
    {"a"} < keys,
    sorted({"a", "q"} - keys),
)
print(
    list(reversed(keys)),
    list(reversed(values)),
    [k for k in keys],
    [v for v in values],
    [(k, v) for k, v in items],
)
print(
    max(d, key=d.get),
    max(d.items(), key=lambda kv: kv[1]),
    sorted(d.items(), key=lambda kv: -kv[1]),
    next(iter(d)),
    type(keys).__name__,
)
it = iter(d)
print(next(it), next(it), next(it), next(it, "end"))
for f in (
    lambda: keys[0],
    lambda: values["a"],
    lambda: next(d),
    lambda: keys + keys,
    lambda: hash(keys),
    lambda: keys.append,
):
    try:
        f()
    except Exception as error:
        print(type(error).__name__, error)
