a = b = c = 5
print(a, b, c)
a, b = 1, 2
a, b = b, a
print(a, b)
x = y = []
x.append(1)
print(y, x is y)
(a, b), c = (1, 2), 3
[a, b] = [3, 4]
print(a, b, c)
a, = [9]
print(a)
i = 0
lst = [10, 20, 30]
i, lst[i] = 1, 99
print(i, lst)
lst[0], lst[2] = lst[2], lst[0]
print(lst)
