d = {"a": 1, "b": 2}
print(
    d,
    len(d),
    d["a"],
    {},
    dict(),
    dict(x=1, y=2),
    dict([("k", "v"), (1, 2)]),
    dict({"q": 1}, z=3),
    dict(zip("ab", [1, 2])),
)
d["c"] = 3
d["a"] = 10
print(d, "a" in d, 10 in d, "z" not in d, list(d), list(d.keys()), list(d.values()), list(d.items()))
print(
    {1: "int", "1": "str", 1.0: "float", True: "bool"},
    {(1, 2): "tuple", None: "none", 2.5: "f", b"b": "bytes"},
)
print(
    {**d, "e": 5},
    {**d, "a": 0},
    {"x": 0, **{"y": 1}, **{}},
    d == {"c": 3, "b": 2, "a": 10},
    d != {},
    d | {"b": 9},
    {} | {},
)
d |= {"z": 26}
d |= [("y", 25)]
print(d, bool({}), bool(d), sorted(d), min(d), max(d.values()), sum(d.values()))
print(
    list(reversed(d)), list(reversed(d.items()))[0], {0.0: 1, -0.0: 2}, {float("inf"): 1}, len({1, 1.0, True})
)
for f in (
    lambda: d["missing"],
    lambda: d[["x"]],
    lambda: {}[0],
    lambda: {[]: 1},
    lambda: {{}: 1},
    lambda: dict(5),
    lambda: dict([1]),
    lambda: dict(["abc"]),
    lambda: dict(1, 2),
    lambda: {} < {},
    lambda: {} + {},
    lambda: d | 5,
    lambda: {(1, []): 2},
    lambda: d[1:2],
):
    try:
        print(f())
    except Exception as error:
        print(type(error).__name__, error)
