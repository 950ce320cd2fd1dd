from collections import deque

d = deque([1, 2, 3])
d.append(4)
d.appendleft(0)
print(
    d,
    len(d),
    d[0],
    d[-1],
    d[2],
    d.pop(),
    d.popleft(),
    d,
    2 in d,
    9 in d,
    list(d),
    bool(deque()),
    d == deque([1, 2, 3]),
    d != deque(),
    d < deque([2]),
)
d.extend("ab")
d.extendleft([8, 9])
print(
    d,
    d.count("a"),
    d.index(1),
    d.rotate(2),
    d,
    d.rotate(-1),
    d,
    d.reverse(),
    d,
    d.remove("a"),
    d,
    d.copy() == d,
)
d[0] = "first"
d.insert(1, "ins")
del d[2]
print(
    d,
    list(reversed(d)),
    d + deque([1]),
    d * 2 == d + d,
    [x for x in d],
    sorted(deque([3, 1])),
    d.maxlen,
    max(deque([1, 5])),
)
m = deque(range(5), maxlen=3)
print(m, m.append(9), m, m.appendleft(0), m, m.maxlen, m.extend([7, 8]), m, deque("abc", 2))
d.clear()
d += [1]
print(d, repr(deque(maxlen=2)), str(deque("a")), deque([deque([1])]))
for f in (
    lambda: deque().pop(),
    lambda: deque().popleft(),
    lambda: d[5],
    lambda: d.remove("zz"),
    lambda: d.index("zz"),
    lambda: deque(5),
    lambda: deque([], -1),
    lambda: hash(d),
    lambda: m.insert(0, 1),
    lambda: d[0:1],
    lambda: d["a"],
    lambda: d + [1],
    lambda: d.append(),
    lambda: deque([], "a"),
    lambda: d.rotate("x"),
):
    try:
        f()
    except Exception as error:
        print(type(error).__name__, error)
d = deque([1, 2, 3])
try:
    for x in d:
        d.append(x)
except RuntimeError as error:
    print(error)
queue = deque([("a", 0)])
seen = set()
while queue:
    node, depth = queue.popleft()
    if node in seen or depth > 3:
        continue
    seen.add(node)
    queue.append((node + "x", depth + 1))
    queue.append((node + "y", depth + 2))
print(sorted(seen))
r = deque([1])
r.append(r)
print(r)
