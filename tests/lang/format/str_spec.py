s = "text"
print(f"{s:10}|{s:<10}|{s:>10}|{s:^10}|{s:*<10}|{s:->9}|{s:=^9}|{s:.2}|{s:6.2}|{s:s}|{s:3}|{s:日^8}|{s:05}")
print(
    "{:>8}|{:<8}|{:^8}|{:.3s}".format("a", "b", "c", "defgh"),
    format("x", ">3"),
    format(None),
    format([1]),
    f"{None!s:>6}|",
)
for value, spec in (
    ("a", "d"),
    ("a", "+"),
    ("a", "=5"),
    ("a", ","),
    ("a", "05d"),
    (None, "5"),
    ([1], ">5"),
    ({}, "x"),
    ("a", "#"),
    (object, "d"),
    ("a", " "),
):
    try:
        print(format(value, spec))
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
