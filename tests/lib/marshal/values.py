"""Values as bytes and back; what cannot be written, and what is no value."""
import io
import marshal

shared = [1]
values = [
    None, True, False, ..., 0, 1, -1, 2**31 - 1, -(2**31), 2**31, -(2**40), 2**100, -(2**1000), 1.5, -0.0, float("inf"),
    1j, b"", b"xyz", "", "abc", "\u00e9", "x" * 300, "\u00e9" * 300, (), (1, 2), (1,) * 300, [], [1, "a"], {}, {1: 2, "a": (3,)},
    {3}, frozenset([3]), slice(1, None, 3), [shared, shared], ("a", b"b", [{"c": {4.5}}]), bytearray(b"view"),
]
for value in values:
    for version in 0, 2, 3, 4, 5:
        try:
            again = marshal.loads(marshal.dumps(value, version))
        except ValueError as error:
            print(version, type(value).__name__, error)
            continue
        if again != value or type(again) is not type(value) and type(value) is not bytearray:
            print("differs", version, value, again)
print(marshal.dumps((1000, "ab", [2.5]), 2), marshal.dumps(2**40, 2), marshal.dumps({"k": b"v"}, 2), marshal.version)
pair = marshal.loads(marshal.dumps([shared, shared]))
print(pair[0] is pair[1])
cycle = []
cycle.append(cycle)
again = marshal.loads(marshal.dumps(cycle))
print(again[0] is again)
code = compile("x = [n * 2 for n in range(3)]\ndef f(a, b=1): return a + b", "made.py", "exec")
again = marshal.loads(marshal.dumps(code))
space = {}
exec(again, space)
print(space["x"], space["f"](2), again.co_filename, space["f"].__code__.co_firstlineno)


def show(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


class Own:
    pass


class Int(int):
    pass


for value in Own(), print, Int(3), [Own()], type:
    show(lambda: marshal.dumps(value))
for data in (
    b"", b"x", b"(\x05", b"r\0\0\0\0", b"z\x05ab", b"0", b"(\xff\xff\xff\xff", b"(\xff\xff\xff\x7f", b"NN", b"{N0", b"{0",
    b"l\x02\0\0\0\1\0\0\0", b"l\x01\0\0\0\xff\xff", b"[\x01\0\0\0", b"<\x01\0\0\0[\0\0\0\0", b"a\x01\0\0\0\xff", b"i\1",
    b"[\x01\0\0\x000", b"{[\0\0\0\0N0",
):
    print(data, end=" ")
    if data != b"x":
        show(lambda: marshal.loads(data))
show(lambda: marshal.loads("text"))
show(lambda: marshal.dumps(code, allow_code=False))
show(lambda: marshal.loads(marshal.dumps(code), allow_code=False))
deep = level = []
for _ in range(3000):
    level.append([])
    level = level[0]
show(lambda: marshal.dumps(deep))
