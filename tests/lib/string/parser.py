# `_string`, the parser of templates that `string.Formatter` is built on.
import _string

parse = _string.formatter_parser
split = _string.formatter_field_name_split


def show(function, *arguments):
    try:
        result = function(*arguments)
        if isinstance(result, tuple):
            print(arguments, result[0], list(result[1]))
        else:
            print(arguments, list(result))
    except Exception as error:
        print(arguments, type(error).__name__, error)


for template in """
abc|a{}b|{{}}|a{{b|{0!r:>{1}}|{a.b[c]}|{|}|a}|{a|{a!|{a!r|{a!rx}|{a!}|{a:{b}|{a{b}|{a[}]}|{a[{]}|{a[|}}|{!r}|{:}|{0:{{}}}|
é{ü}ß|a{b}c{|{a!:}|{a!r:}|{}{}|a}}b{{c|{a:}|{a!{}|{a!r:{|x{{|x{{y}}{z}""".replace("\n", "").split("|") + [""]:
    show(parse, template)

for name in """a|0|a.b|0.a[1][x]|a..b|a[|a[]|a[x]y|.a|[0]|a.|99999999999999999999|a[99999999999999999999]|00|a[01]|a[-1]|
é.ü|a]b|1x|٣|a[٣٤]|9223372036854775807|9223372036854775808|99999999999999999999x""".replace("\n", "").split("|") + [""]:
    show(split, name)

for function in parse, split:
    for arguments in (), (1,), (b"",), ("a", "b"):
        show(function, *arguments)

# What is behind an error is read on.
for template in "a{b}c{", "{a{b}c", "{a!rx}b", "{a", "}b", "{a!", "{a:{b}c":
    pieces = parse(template)
    for _ in range(5):
        try:
            print(next(pieces), end=" ")
        except Exception as error:
            print(type(error).__name__, error, end=" ")
    print()
for name in "a.b", "a..b", "a[x]yz.c", "a[b", "a[].c":
    steps = split(name)[1]
    for _ in range(4):
        try:
            print(next(steps), end=" ")
        except Exception as error:
            print(type(error).__name__, error, end=" ")
    print()

pieces = parse("a{b}")
steps = split("a.b")[1]
for iterator in pieces, steps:
    print(type(iterator), iter(iterator) is iterator)
    try:
        type(iterator)()
    except TypeError as error:
        print(error)
print([name for name in dir(_string) if not name.startswith("_")])

# The same parser serves str.format.
print("{٠}{١}".format("a", "b"), "{0[٣]}".format({3: "x"}))
try:
    "{99999999999999999999x}".format()
except ValueError as error:
    print(error)
