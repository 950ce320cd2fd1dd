print(
    "abc".encode(),
    "é日😀".encode("utf-8"),
    "é".encode("latin-1"),
    "abc".encode("ascii"),
    "é".encode(encoding="utf-8"),
    "aé".encode("ascii", "ignore"),
)
print(
    "aé".encode("ascii", "replace"),
    "aé😀".encode("ascii", "backslashreplace"),
    "é".encode("UTF8"),
    "".encode(),
)
print(
    str(b"caf\xc3\xa9", "utf-8"),
    b"\xff".decode("latin-1"),
    b"a\xffb".decode("utf-8", "replace"),
    b"a\xffb".decode("utf-8", errors="ignore"),
)
for f in (
    lambda: "é".encode("ascii"),
    lambda: b"\xff".decode(),
    lambda: "a".encode("nope"),
    lambda: "日本".encode("latin-1"),
    lambda: b"\xe2\x82".decode(),
    lambda: str(b"a", 5),
    lambda: str("a", "utf-8"),
):
    try:
        f()
    except Exception as error:
        print(type(error).__name__, error)
