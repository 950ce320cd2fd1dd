b = b"hello"
print(
    b,
    len(b),
    b[0],
    b[-1],
    b[1:3],
    b[::-1],
    list(b),
    b"a" + b"b",
    b"ab" * 2,
    b"el" in b,
    104 in b,
    b == b"hello",
    b < b"help",
)
print(
    b"\x00\xff\n\t\\'\"",
    b'it\'s',
    b"it's",
    rb"raw\n",
    bytes(3),
    bytes([65, 66]),
    bytes("é", "utf-8"),
    bytes(b"x"),
    bytes(),
    bytes(range(3)),
)
print(
    b.decode(),
    b.hex(),
    bytes.fromhex("48 65 6c"),
    b.upper(),
    b.find(b"l"),
    b.find(108),
    b.replace(b"l", b"L"),
    b.split(b"l"),
    b"a,b".split(b","),
    b" x ".strip(),
)
print(
    b.startswith(b"he"),
    b.endswith((b"x", b"lo")),
    b.count(b"l"),
    b.index(b"o"),
    b",".join([b"a", b"b"]),
    b"ab".isalpha(),
    b"12".isdigit(),
    b"a b".title(),
    hash(b"a") == hash(b"a"),
)
print(
    b"5".zfill(3),
    b"a".center(3, b"-"),
    b"a".ljust(3) + b"|",
    b"a=b".partition(b"="),
    b"a\nb".splitlines(),
    b"abc".removeprefix(b"a"),
    b"%d %s" % (1, b"x"),
    bool(b""),
    b"ab".translate(None, b"a"),
)
for f in (
    lambda: b[10],
    lambda: b + "a",
    lambda: bytes([256]),
    lambda: bytes("a"),
    lambda: bytes(-1),
    lambda: b.find("l"),
    lambda: "a" in b,
    lambda: bytes([1.5]),
    lambda: b"a" < "a",
    lambda: bytes.fromhex("4"),
    lambda: b.index(b"x"),
    lambda: b["a"],
    lambda: bytes(1.5),
    lambda: b",".join(["a"]),
    lambda: 300 in b,
):
    try:
        f()
    except Exception as error:
        print(type(error).__name__, error)
try:
    b[0] = 1
except TypeError as error:
    print(error)
for x in b"ab":
    print(x, end=" ")
print(b"a" == "a", str(b"a"), repr(b"a"), sorted(b"cab"), b"abc".hex("-"))
