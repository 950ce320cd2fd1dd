print(
    ord("a"),
    ord("é"),
    ord("😀"),
    chr(97),
    chr(233),
    chr(128512),
    chr(0) == "\0",
    ord(b"a"),
    [chr(c) for c in range(65, 70)],
)
print("".join(chr((ord(c) - 97 + 13) % 26 + 97) for c in "hello"), ascii("é日😀"))
for f in (
    lambda: ord("ab"),
    lambda: ord(""),
    lambda: ord(5),
    lambda: chr(-1),
    lambda: chr(0x110000),
    lambda: chr("a"),
    lambda: chr(1.0),
    lambda: ord(),
):
    try:
        f()
    except (TypeError, ValueError, OverflowError) as error:
        print(type(error).__name__, error)
