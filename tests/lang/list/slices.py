a = list(range(10))
print(
    a[2:5],
    a[:3],
    a[7:],
    a[-3:],
    a[:-7],
    a[::2],
    a[1::3],
    a[::-1],
    a[8:2:-2],
    a[5:5],
    a[5:2],
    a[100:],
    a[-100:2],
    a[:],
    a[::100],
    a[-1::-1],
    a[3::-1],
    a[:3:-1],
)
a[2:5] = ["x"]
print(a)
a[1:1] = [7, 8, 9]
print(a)
a[:2] = []
print(a)
a[::2] = "abcde"[: len(a[::2])]
print(a)
del a[1:3]
print(a)
del a[::2]
print(a)
a[len(a) :] = [1, 2, 3]
a[0:0] = a
print(a)
a[:] = range(5)
a[1:3] = (x * 10 for x in range(4))
print(a)
a[5:2] = ["mid"]
print(a)
a[::-1] = a[:]
print(a)
del a[-2:]
del a[:]
print(a)
b = [1, 2, 3, 4, 5, 6]
del b[::-2]
print(b, b[slice(None, 2)], b[slice(1, None)], b[True:])
print(
    slice(1, 2),
    slice(5),
    slice(1, 10, 2).indices(5),
    slice(None, None, -1).indices(4),
    slice(1, 2) == slice(1, 2),
    slice(1, 2, 3).step,
)
for stmt in ("b[::2] = [1]", "b[0:1] = 5", "b['a':] = []", "b[::0]", "b[::0] = []", "b[1.5:]", "del b['x':]"):
    try:
        if stmt == "b[::2] = [1]":
            b[::2] = [1]
        elif stmt == "b[0:1] = 5":
            b[0:1] = 5
        elif stmt == "b['a':] = []":
            b["a":] = []
        elif stmt == "b[::0]":
            b[::0]
        elif stmt == "b[::0] = []":
            b[::0] = []
        elif stmt == "b[1.5:]":
            b[1.5:]
        else:
            del b["x":]
    except (TypeError, ValueError) as error:
        print(stmt, type(error).__name__, error)
