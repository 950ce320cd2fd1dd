print("a" + "b", "ab" * 3, 3 * "ab", "ab" * 0, "ab" * -1, "ab" * 2)
print("a" in "abc", "bc" in "abc", "" in "abc", "d" not in "abc", "ac" in "abc")
print(
    "a" < "b",
    "abc" < "abd",
    "abc" < "ab",
    "Z" < "a",
    "" < "a",
    "é" > "z",
    "10" < "9",
    "a" <= "a",
    "b" >= "a",
    "a" == "a",
    "a" != "b",
)
print(
    len("hello"),
    min("hello"),
    max("hello"),
    sorted("hello"),
    list("abc"),
    tuple("ab"),
    set("a"),
    list(reversed("abc")),
)
s = "x"
s += "y"
s *= 3
print(s)
print("abc" == "abc", hash("a") == hash("a"), "a" == 1, bool(""), bool(" "))
for f in (
    lambda: "a" + 1,
    lambda: "a" * "b",
    lambda: "a" - "b",
    lambda: 1 in "abc",
    lambda: "a" < 1,
    lambda: "a" * 1.5,
    lambda: +"a",
):
    try:
        f()
    except TypeError as error:
        print(error)
