def show(source):
    scope = {}
    try:
        try:
            print(source, "->", repr(eval(source, scope)))
        except SyntaxError:
            exec(source, scope)
            del scope["__builtins__"]
            print(source, "=>", scope)
    except Exception as error:
        print(source, "!!", type(error).__name__, error)


for line in r"""
m = memoryview(b"abc"); n = m[0], m[1:].tobytes(), len(m), m.tolist(), bytes(m), m == b"abc", m.readonly, m.nbytes, m.format, m.itemsize, m.ndim, m.shape, m.hex(); del m
m = memoryview(bytearray(b"abc")); m[0] = 65; m[1:3] = b"XY"; b = bytes(m); r = m.readonly; o = m.obj; del m
memoryview(b"abc")[0] = 1
m = memoryview(b"abc"); m[0] = 1; del m
m = memoryview(bytearray(b"abc")); m[0:2] = b"a"; del m
memoryview(b"abc")[5]
memoryview(5)
memoryview("abc")
list(memoryview(b"ab")), memoryview(b"abc")[::-1].tobytes(), 97 in memoryview(b"a"), memoryview(b"ab")[0:1] == b"a"
m = memoryview(b"abc"); m.release(); m[0]
hash(memoryview(b"ab")) == hash(b"ab")
""".strip().splitlines():
    show(line)
