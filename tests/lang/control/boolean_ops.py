def f(x):
    print(f"<{x}>", end="")
    return x


print(f(0) and f(1))
print(f(1) and f(2))
print(f(0) or f(3))
print(f(1) or f(2))
print(not f(0), not f(""))
print(f(0) or f("") or f([]) or f(5) or f(6))
print(f(1) and f(2) and f(0) and f(3))
print(f(0) or f(1) and f(2))
print((f(0) or f(1)) and f(2))
print(f(5) if f(0) else f(6))
x = None
y = x or "default"
print(y, x and x.missing, not x, not not y)
if f(1) and not f(0):
    print("taken")
if f(0) or not f(1):
    print("not taken")
while f(1) and not f(1):
    pass
print(1 if 0 else 2 if 0 else 3, [0 or "a", 1 and "b"])
