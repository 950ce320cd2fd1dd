"""Built-in functions check their arguments in CPython's order and words."""

print(hash(""), hash(b""), len({"", b"", 0}))
for what in ["abc", b"abc"]:
    try:
        sum(3, what)
    except TypeError as error:
        print(error)
try:
    str.casefold(None)
except TypeError as error:
    print(error)
for arguments in [(1, "a"), ("ab", 1.5), (1, 2)]:
    try:
        enumerate(*arguments)
    except TypeError as error:
        print(error)
