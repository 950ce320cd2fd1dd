print(
    ",".join(["a", "b", "c"]),
    "".join(["x", "y"]),
    "-".join("abc"),
    " ".join([]),
    ", ".join(("one",)),
    "".join(str(i) for i in range(5)),
)
print("|".join({"k": 1, "l": 2}), "--".join(map(str, [1, 2, 3])), "é".join(["a", "😀"]))
for f in (
    lambda: ",".join([1, 2]),
    lambda: ",".join(["a", None]),
    lambda: ",".join(5),
    lambda: ",".join(),
    lambda: "".join([b"a"]),
):
    try:
        f()
    except TypeError as error:
        print(error)
