def values(a, b):
    x = a < b
    y = a < b <= 3
    z = a is not None
    return a not in (1, 2), b in {1, 2}, x in [1, 2]


def conditions(a, b, c):
    if a < b:
        return 1
    if not a < b:
        return 2
    if a < b < c:
        return 3
    if a is None or b is not None:
        return 4
    if a == "x" and not (b or c > 1.5):
        return 5
    return 6 if a in b else 7
