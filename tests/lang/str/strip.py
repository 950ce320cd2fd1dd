print(
    repr("  a b \n".strip()),
    repr("  a ".lstrip()),
    repr("  a ".rstrip()),
    "xxhixx".strip("x"),
    "abcba".strip("ab"),
    "abcba".lstrip("ab"),
    "abcba".rstrip("ab"),
)
print(
    repr("\t\v\f\r\n x \x1c\x85\u2003".strip()),
    "".strip(),
    repr("   ".strip()),
    "www.example.com".strip("cmowz."),
    "a".strip(None),
    "abc".strip(""),
)
print(
    "TestHook".removeprefix("Test"),
    "TestHook".removeprefix("x"),
    "a.py".removesuffix(".py"),
    "a.py".removesuffix(""),
    "aaa".removeprefix("a"),
)
for f in (
    lambda: "a".strip(1),
    lambda: "a".strip("a", "b"),
    lambda: "a".removeprefix(),
    lambda: "a".removesuffix(1),
):
    try:
        f()
    except TypeError as error:
        print(error)
