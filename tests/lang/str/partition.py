print(
    "a=b=c".partition("="),
    "a=b=c".rpartition("="),
    "abc".partition("x"),
    "abc".rpartition("x"),
    "=a".partition("="),
    "a=".rpartition("="),
)
print(
    "one\ntwo\r\nthree\rfour".splitlines(),
    "a\n\nb\n".splitlines(True),
    "".splitlines(),
    "\n".splitlines(),
    "a\x0bb\x0cc\x1cd\x85e\u2028f".splitlines(keepends=True),
)
for f in (
    lambda: "a".partition(""),
    lambda: "a".partition(1),
    lambda: "a".rpartition(),
    lambda: "a".splitlines(1, 2),
):
    try:
        f()
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
