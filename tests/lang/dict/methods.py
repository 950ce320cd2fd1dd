d = {"a": 1, "b": 2}
print(
    d.get("a"), d.get("z"), d.get("z", 0), d.setdefault("a", 9), d.setdefault("n"), d.setdefault("m", []), d
)
print(
    d.pop("a"),
    d.pop("zz", None),
    d.popitem(),
    d,
    d.update({"x": 1}),
    d.update(y=2, b=5),
    d.update([("p", "q")]),
    d,
)
print(
    d.copy(),
    d.copy() is d,
    d.clear(),
    d,
    dict.fromkeys("ab"),
    dict.fromkeys([1, 2], 0),
    dict.fromkeys(range(2), []),
)
d = {"one": 1}
d.update()
d.update({"two": 2}, three=3)
print(d, d.items() == {"one": 1, "two": 2, "three": 3}.items())
for f in (
    lambda: {}.popitem(),
    lambda: {}.pop("k"),
    lambda: d.pop(),
    lambda: d.get(),
    lambda: d.get([]),
    lambda: d.update(5),
    lambda: d.update([1]),
    lambda: d.pop("a", 1, 2),
    lambda: d.keys(1),
    lambda: d.get("a", default=1),
    lambda: d.setdefault(),
    lambda: d.append(1),
    lambda: d.update([(1, 2, 3)]),
    lambda: d.update({}, {}),
):
    try:
        print(f())
    except Exception as error:
        print(type(error).__name__, error)
