print(pow(2, 10), pow(2, -1), pow(2, 0.5), pow(2.0, 3))
print(pow(3, 200, 13), pow(3, -1, 11), pow(2, 10, 1), pow(-3, 3, 7), pow(3, 3, -7), pow(2, 1000, 10**9 + 7))
print(pow(base=2, exp=5), pow(2, 5, mod=3))
for args in ((2, -1, 4), (2, 3, 0), (2.0, 3, 5), ("a", 2), (0, -1)):
    try:
        print(pow(*args))
    except (TypeError, ValueError, ZeroDivisionError) as error:
        print(type(error).__name__, error)
