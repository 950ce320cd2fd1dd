print(True, False, not True, not False)
print(True + True, True * 5, True / 2, -True, True == 1)
print(
    bool(),
    bool(0),
    bool(1),
    bool(""),
    bool("0"),
    bool([]),
    bool([0]),
    bool(None),
    bool(0.0),
    bool({}),
    bool(()),
)
print(True and False, True or False, False or "x", "" or 0, 1 and "y", [] and 1, None or [] or {} or "last")
print(
    str(True),
    repr(False),
    int(True),
    float(True),
    f"{True}",
    f"{True:d}",
    f"{True:5}|",
    "%d %s" % (True, True),
)
print(True < 2, False == 0, hash(True), {1: "a", True: "b"}, [1, 2][True], "ab"[False])
print(type(True), bool.__name__, isinstance(True, bool), issubclass(bool, int))
print(sum([True, True, False]), True if [] else False)
try:

    class B(bool):
        pass
except TypeError as error:
    print(error)
