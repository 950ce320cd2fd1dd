print(
    "hello".replace("l", "L"),
    "hello".replace("l", "L", 1),
    "hello".replace("x", "y"),
    "aaa".replace("aa", "b"),
    "abc".replace("", "-"),
    "abc".replace("b", ""),
)
print(
    "abc".replace("", "-", 2),
    "aaaa".replace("a", "bb", -1),
    "".replace("", "x"),
    "日本".replace("本", "x"),
    "x".replace("x", "日"),
    "abab".replace("ab", "c", count=1),
)
print(
    "tab\tx".expandtabs(), "a\tb\tc".expandtabs(4), "\t".expandtabs(3).__len__(), "ab\tc\nd\te".expandtabs(4)
)
for f in (
    lambda: "a".replace("a"),
    lambda: "a".replace(1, 2),
    lambda: "a".replace("a", None),
    lambda: "a".replace("a", "b", "c"),
):
    try:
        f()
    except TypeError as error:
        print(error)
