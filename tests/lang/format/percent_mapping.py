"""What can be indexed by key need not be used up by `%`; tuples and text must."""

for template, argument in [("abc", b"abc"), ("abc", [1]), ("abc", {}), ("abc", range(3)), ("abc", "x"), ("abc", (1,)), ("abc", 1)]:
    try:
        print(repr(template % argument))
    except TypeError as error:
        print(repr(argument), error)
for argument in [b"x", bytearray(b"x"), "x", [1], (1,), None]:
    try:
        print(b"abc" % argument)
    except TypeError as error:
        print(repr(argument), error)
