def classify(n):
    if n < 0:
        return "negative"
    elif n == 0:
        return "zero"
    elif n < 10:
        return "small"
    else:
        return "large"


print([classify(n) for n in (-5, 0, 5, 50)])
n = 10
while n:
    n -= 1
    if n == 7:
        continue
    if n == 3:
        break
    print(n, end=" ")
else:
    print("not printed")
print()
while n > 0:
    n -= 1
else:
    print("else runs", n)
while True:
    n += 1
    if n > 5:
        break
print(n)
if n > 3 and not n > 10 or False:
    print("yes")
print("one" if n == 1 else "six" if n == 6 else "other")
if []:
    print("no")
if "text":
    pass
else:
    print("no")
