items = [1, 2, 3, 4]
for x in items:
    if x == 2:
        items.remove(x)
    print(x, end=" ")
print(items)
items = [1]
for x in items:
    if len(items) < 5:
        items.append(x + 1)
print(items)
d = {"a": 1}
try:
    for k in d:
        d[k + "x"] = 1
except RuntimeError as error:
    print(error)
s = {1, 2}
try:
    for x in s:
        s.add(x + 10)
except RuntimeError as error:
    print(error)
d = {1: 1, 2: 2}
for k in d:
    d[k] = k * 10
print(d)
for k in list(d):
    del d[k]
print(d)
d = {1: 1, 2: 2, 3: 3}
try:
    for k in d:
        del d[k]
        d[k + 10] = 1
except RuntimeError as error:
    print(error)
