a = [3, 1, 2]
print(
    a.append(4),
    a,
    a.pop(),
    a.pop(0),
    a,
    a.insert(0, 9),
    a,
    a.insert(-1, 8),
    a.insert(100, 7),
    a.insert(-100, 6),
    a,
)
print(
    a.extend([1, 1]),
    a.extend("ab"),
    a.extend(x for x in (5,)),
    a.extend({"k": 0}),
    a,
    a.count(1),
    a.index(1),
    a.index(1, 4),
    a.remove(1),
    a,
)
print(a.reverse(), a, a.copy() == a, a.copy() is a, a.clear(), a)
a = [1, 2, 3, 2, 1]
print(
    a.index(2, 2), a.index(2, -3), a.index(1, 1, 5), a.pop(-2), a, a.count("x"), a.index(True), a.count(1.0)
)
b = a
b.append(a[:])
print(a, a[-1] is not a)
a.extend(a)
print(len(a))
for f in (
    lambda: [].pop(),
    lambda: a.pop(100),
    lambda: a.remove("x"),
    lambda: a.index("x"),
    lambda: a.append(),
    lambda: a.append(1, 2),
    lambda: a.extend(5),
    lambda: a.insert(1),
    lambda: a.pop("x"),
    lambda: a.insert("a", 1),
    lambda: a.index(),
    lambda: a.count(),
    lambda: a.extend(),
    lambda: a.reverse(1),
    lambda: a.copy(1),
    lambda: a.pop(1, 2),
    lambda: a.index(1, 2, 2),
):
    try:
        f()
    except Exception as error:
        print(type(error).__name__, error)
