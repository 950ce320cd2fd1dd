s = {1}
print(
    s.add(2),
    sorted(s),
    s.add(2),
    len(s),
    s.discard(9),
    s.remove(2),
    s,
    s.pop(),
    s,
    s.update([1, 2], "a"),
    len(s),
    s.clear(),
    s,
)
a, b = {1, 2, 3}, {3, 4}
print(
    sorted(a.union(b)),
    sorted(a.union([9], "z"), key=str),
    a.intersection(b),
    sorted(a.difference(b)),
    sorted(a.symmetric_difference(b)),
    a.union() == a,
)
print(
    a.issubset({1, 2, 3, 4}),
    a.issuperset([1]),
    a.isdisjoint({9}),
    a.isdisjoint(b),
    a.copy() == a,
    a.copy() is a,
    a.intersection([1, 2], [2, 5]),
)
a.intersection_update([1, 3, 5])
print(sorted(a))
a.difference_update([1])
a.symmetric_difference_update({3, 8})
print(sorted(a))
for f in (
    lambda: set().pop(),
    lambda: a.remove("q"),
    lambda: a.add(),
    lambda: a.add([]),
    lambda: a.union(5),
    lambda: a.update(5),
    lambda: a.discard([]),
    lambda: a.remove(),
    lambda: a.index(1),
    lambda: a.pop(1),
):
    try:
        f()
    except Exception as error:
        print(type(error).__name__, error)
