s = "hello world hello"
print(
    s.find("hello"),
    s.find("hello", 1),
    s.find("x"),
    s.find(""),
    s.find("", 100),
    s.find("o", 5),
    s.find("o", 5, 7),
    s.find("lo", -4),
)
print(
    s.rfind("hello"),
    s.rfind("hello", 0, 10),
    s.rfind("x"),
    s.rfind(""),
    s.index("world"),
    s.rindex("o"),
    s.count("l"),
    s.count("ll"),
    s.count(""),
    s.count("l", 5),
)
print(
    "aaaa".count("aa"),
    "abc".count("d"),
    "".count(""),
    "日本日本".find("本"),
    "日本日本".rfind("本"),
    "日本".index("本"),
)
print(
    s.startswith("he"),
    s.startswith("lo", 3),
    s.startswith(("x", "he")),
    s.startswith(""),
    s.startswith("world", 6, 11),
    s.startswith(()),
)
print(
    s.endswith("lo"),
    s.endswith(("lo", "x")),
    s.endswith("wor", 0, 9),
    s.endswith(""),
    "a.txt".endswith(".txt"),
    s.find("o", None, None),
)
for f in (
    lambda: s.index("xyz"),
    lambda: s.rindex("xyz"),
    lambda: s.find(1),
    lambda: s.count(None),
    lambda: s.startswith(1),
    lambda: s.startswith(["a"]),
    lambda: s.startswith(("a", 1)),
    lambda: s.find(),
    lambda: s.endswith(5),
    lambda: s.find("a", "b"),
):
    try:
        f()
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
