print(
    "{} {}".format("a", 1),
    "{0} {1} {0}".format("a", "b"),
    "{name} is {age}".format(name="Bo", age=5),
    "{{}} {}".format(1),
    "{0[1]} {0[0]}".format([1, 2]),
)
print(
    "{d[key]} {d[0]}".format(d={"key": "v", 0: "zero"}),
    "{0.real} {0.imag}".format(5),
    "{!r} {!s} {!a}".format("é", "é", "é"),
    "{:>5}|{:<5}|{:^5}".format(1, 2, 3),
)
print(
    "{:{}}|{:{w}.{p}f}".format("a", 5, 3.14159, w=8, p=2),
    "{0:{1}}".format(5, "03"),
    "{:%}".format(0.5),
    "{a}{b}".format(**{"a": 1, "b": 2}),
    "{}{}".format(*"xy"),
)
print(
    "{a} {b}".format_map({"a": 1, "b": 2}),
    "{:,}".format(1234567),
    "{:+.2e}".format(12345.678),
    "{x!r:>6}".format(x="a"),
    "".format(),
    "plain".format(1),
)
for f in (
    lambda: "{} {}".format(1),
    lambda: "{a}".format(b=1),
    lambda: "{0} {}".format(1, 2),
    lambda: "{".format(),
    lambda: "}".format(),
    lambda: "{!x}".format(1),
    lambda: "{0.foo}".format(5),
    lambda: "{0[5]}".format([1]),
    lambda: "{:d}".format("a"),
    lambda: "{5}".format(1),
    lambda: "{} {0}".format(1),
    lambda: "{a[k]}".format(a={}),
    lambda: "{!}".format(1),
    lambda: "{:{}}".format(1),
):
    try:
        print(f())
    except Exception as error:
        print(type(error).__name__, error)
