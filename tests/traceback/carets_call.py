def check(value):
    if value > 2:
        raise ValueError(f"too big: {value}")
    return value


print(check(1), check(
    2), check(3), check(4))
