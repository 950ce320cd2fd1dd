if (n := len("hello")) > 3:
    print(n)
data = [1, 5, 2, 8]
print([y for x in data if (y := x * 2) > 4], y)
i = 0
while (i := i + 1) < 4:
    print(i, end=" ")
print()
print((a := 3) + a, a)
print(x := 10, x)


def f():
    if any((bad := s) == "b" for s in "abc"):
        return bad
    return None


print(f())
total = 0
print([total := total + v for v in [1, 2, 3]], total)
print({(k := c): k.upper() for c in "ab"}, k)
print(f"{(z := 5)} {z}")
