print(1.5 + 2, 1.5 - 2, 1.5 * 2, 1.5 / 2, 7.5 // 2, -7.5 // 2, 7.5 % 2, -7.5 % 2, 7.5 % -2, 2.0**0.5)
print(divmod(7.5, 2), divmod(-7.5, 2), divmod(7, 2.5), 2**0.5, 4**0.5, 10.0**-2, (-8) ** 2.0)
print(0.1 + 0.2 == 0.3, 0.1 + 0.2, 1e16 + 1, 1e308 * 10, -1e308 * 10, 5e-324 / 2)
print(abs(-2.5), -(-2.5), +2.5, 1 - 1.0, 3 * 1.1, 1.1 * 3, 1e3 // 7, 0.0 // 5, -0.0 // 5, 0.0 * -1)
print(5 / 2, 4 / 2, 1 / 3, 10 / 3, -1 / 3, 2**100 / 2**99, 10**30 / 10**10)
x = 1.0
x += 1
x *= 2.5
x -= 0.5
x /= 3
x //= 0.4
x %= 2
x **= 3
print(x)
for f in (
    lambda: 1.0 / 0,
    lambda: 1.0 // 0,
    lambda: 1.0 % 0,
    lambda: divmod(1.0, 0.0),
    lambda: 0.0**-1,
    lambda: 10.0**400,
    lambda: 1.0 + "a",
    lambda: 1.5 & 1,
    lambda: float(10**400),
):
    try:
        print(f())
    except Exception as error:
        print(type(error).__name__, error)
