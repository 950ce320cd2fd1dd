from collections import ChainMap, OrderedDict

d = OrderedDict([("b", 1), ("a", 2)])
d["c"] = 3
d.move_to_end("b")
print(
    d,
    list(d),
    d.popitem(),
    d.popitem(last=False),
    d,
    OrderedDict(x=1) == {"x": 1},
    OrderedDict(a=1, b=2) == OrderedDict(b=2, a=1),
    repr(OrderedDict()),
)
d.update(z=26, y=25)
d.move_to_end("y", last=False)
print(d, list(reversed(d)), isinstance(d, dict), d.copy() == d, OrderedDict.fromkeys("ab", 0))
try:
    d.move_to_end("missing")
except KeyError as error:
    print(repr(error))
m = ChainMap({"a": 1}, {"a": 2, "b": 3})
print(m["a"], m["b"], len(m), sorted(m), "z" in m, m.get("q", 0), m.maps)
m["c"] = 5
print(m.maps[0], m.new_child({"n": 1})["n"], dict(m) == {"a": 1, "b": 3, "c": 5}, m.parents["a"])
