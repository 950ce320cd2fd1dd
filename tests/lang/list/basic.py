a = [1, 2, 3]
print(
    a,
    len(a),
    a[0],
    a[-1],
    a[1:],
    [],
    [[]],
    [1, "a", None, 2.5, [3]],
    list("abc"),
    list(range(3)),
    list(),
    list((1, 2)),
    list({"k": 1}),
)
print(
    a + [4],
    a * 2,
    2 * a,
    [0] * 3,
    a * 0,
    a * -1,
    2 in a,
    5 in a,
    5 not in a,
    a == [1, 2, 3],
    a != [1],
    a is a,
    a == (1, 2, 3),
)
print(
    [1, 2] < [1, 3],
    [1, 2] < [1, 2, 3],
    [2] > [1, 9],
    [] < [1],
    [1, 2] <= [1, 2],
    [[1], [2]] == [[1], [2]],
    [1] == [1.0],
    bool([]),
    bool([0]),
)
a[0] = 10
a[-1] = 30
a += [40]
a += "xy"
a *= 2
print(a)
grid = [[0] * 3 for _ in range(2)]
grid[0][1] = 5
print(grid)
shared = [[0]] * 2
shared[0].append(1)
print(shared)
for f in (
    lambda: a[100],
    lambda: a[-100],
    lambda: a["x"],
    lambda: a[1.0],
    lambda: a + (1,),
    lambda: a + 5,
    lambda: a * 1.5,
    lambda: a * [1],
    lambda: [1] < ["a"],
    lambda: [] < 5,
    lambda: list(5),
    lambda: list(1, 2),
    lambda: list(x=1),
    lambda: hash([]),
    lambda: {[]: 1},
    lambda: a.foo,
):
    try:
        f()
    except Exception as error:
        print(type(error).__name__, error)
try:
    a[100] = 1
except IndexError as error:
    print(error)
try:
    a["k"] = 1
except TypeError as error:
    print(error)
try:
    a += 5
except TypeError as error:
    print(error)
