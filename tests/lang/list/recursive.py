a = [1]
a.append(a)
print(a, a[1] is a, len(a), a[1][1][0])
d = {"k": 1}
d["self"] = d
print(d)
t = ([],)
t[0].append(t)
print(t)
b = [a, d]
a.append(b)
print(b)
try:
    x, y = [], []
    x.append(y)
    y.append(x)
    x == y
except RecursionError as error:
    print("RecursionError")
c = [1, 2, 3]
c[1] = c
print(c, repr(c), str(c), f"{c}")
