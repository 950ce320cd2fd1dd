for i in range(3):
    print(i, end=" ")
print(i)
for c in "abc":
    print(c, end=".")
print()
for i, x in enumerate(["a", "b"], start=1):
    print(i, x)
for k, v in {"x": 1, "y": 2}.items():
    print(k, v)
for (a, b), c in [((1, 2), 3), ((4, 5), 6)]:
    print(a + b + c)
for first, *rest in [(1, 2, 3), "xyz", [9]]:
    print(first, rest)
for x in []:
    print("never")
else:
    print("else of an empty loop")
for x in range(5):
    if x == 3:
        break
else:
    print("not reached")
for x in range(10):
    if x % 2:
        continue
    if x > 6:
        break
    print(x, end=" ")
print("last", x)
for i in range(2):
    for j in range(3):
        if j == 2:
            break
        print((i, j), end=" ")
    else:
        print("never")
print()
data = [0, 0]
for data[0] in range(4):
    pass
print(data)
for x in (1, 2):
    for x in "ab":
        pass
print(x)
