table = str.maketrans("abc", "xyz")
print("aabbcc d".translate(table), sorted(table.items()))
print("hello".translate(str.maketrans({"h": "J", "l": None, "o": "00", 101: 69})))
print(
    "hello world".translate(str.maketrans("lo", "01", "hw")), "abc".translate({97: "A", 98: None, 99: 0x43})
)


class Upper:
    def __getitem__(self, code):
        if code == ord("x"):
            raise LookupError
        return chr(code).upper()


print("axb".translate(Upper()))
for f in (
    lambda: str.maketrans("ab", "c"),
    lambda: str.maketrans("ab"),
    lambda: str.maketrans({"ab": 1}),
    lambda: "a".translate({97: 1.5}),
    lambda: "a".translate(5),
):
    try:
        f()
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
