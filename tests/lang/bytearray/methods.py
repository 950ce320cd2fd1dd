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
b = bytearray(b"abc"); b.append(100); b.extend(b"xy"); b.extend([1, 2]); b.insert(0, 65); c = b.pop(); d = b.pop(0); b.remove(97); b.reverse()
b = bytearray(b"abcdef"); b[0] = 65; b[1:3] = b"XYZ"; del b[-1]; del b[0:2]; b[::2] = b"12"; b += b"zz"; b *= 2
b = bytearray(b"abc"); b[0] = 256
b = bytearray(b"abc"); b[0] = "a"
b = bytearray(b"abc"); b[5] = 1
b = bytearray(b"abc"); b["a"] = 1
b = bytearray(b"abc"); b[0:1] = "a"
b = bytearray(b"abc"); b[0:1] = 5
b = bytearray(b"abc"); b[0:1] = [1, 2, 3]
b = bytearray(b"abcd"); b[::2] = b"1"
b = bytearray(b"abc"); del b[5]
b = bytearray(b"abc"); b.append(256)
b = bytearray(b"abc"); b.append("a")
b = bytearray(b"abc"); b.extend("a")
b = bytearray(b"abc"); b.extend(5)
b = bytearray(b"abc"); b.pop(9)
bytearray().pop()
bytearray(b"abc").remove(5)
bytearray(b"abc").index(b"z")
bytearray(b"abc").find(b"c"), bytearray(b"abc").rfind(99), bytearray(b"abc").count(b"a"), bytearray(b"abc").index(b"b")
bytearray(b"abc")[1], bytearray(b"abc")[1:], bytearray(b"abc")[::-1], bytearray(b"abc")[-1]
bytearray(b"abc")[5]
bytearray(b"abc")["a"]
bytearray(5), bytearray([1, 2]), bytearray("a", "utf-8"), bytearray(), bytearray(b"a") == b"a", bytearray(b"a") < b"b", b"a" == bytearray(b"a"), bytearray(range(3))
bytearray("a")
bytearray([256])
bytearray(-1)
bytearray(5.5)
len(bytearray(b"abc")), list(bytearray(b"ab")), 97 in bytearray(b"ab"), b"a" in bytearray(b"ab"), bool(bytearray()), bytearray(b"a") + b"b", b"a" + bytearray(b"b"), bytearray(b"a") * 2, 2 * bytearray(b"a"), sorted(bytearray(b"ba")), list(reversed(bytearray(b"ab"))), max(bytearray(b"ab")), sum(bytearray(b"ab"))
bytearray(b"a") + "b"
bytearray(b"a") + 5
"a" in bytearray(b"a")
256 in bytearray(b"a")
hash(bytearray())
{bytearray(): 1}
b = bytearray(b"abc"); c = b.copy(); b.clear(); d = b.decode(); e = c.decode(); f = c.hex(); g = bytes(c); h = c.upper(); i = c.split(b"b"); j = c.replace(b"b", b"x"); k = c.join([b"1", b"2"]); l = c.startswith(b"a"); m = c.isalpha(); n = c.center(7, b"*"); o = bytearray.fromhex("6162"); p = c.translate(None, b"a"); q = bytearray(b"%d-%s") % (5, b"x"); r = c.partition(b"b")
b = bytearray(b"abc"); c = b; b += b"d"; d = c is b
repr(bytearray(b"a'\x00")), str(bytearray(b"a")), isinstance(bytearray(), bytes), type(bytearray()).__mro__
int.from_bytes(bytearray(b"\x01\x00"), "big"), bytes(bytearray(b"ab")), b"".join([bytearray(b"a"), b"b"])
bytearray(b"abc").foo
b = bytearray(b"abc"); del b[:]; b.extend(bytearray(b"x")); b.extend(b); b[:0] = b"start"
b = bytearray(b"abcdef"); b[1:5:2] = b"XY"; del b[::3]
b = bytearray(b"abcdef"); b[3:1] = b"Q"; b[10:] = b"end"
b = bytearray(b"ab"); b.resize(4)
b = bytearray(3); b[1] = True; c = b[1]
b = bytearray(b"hello"); x, *y = b
a = bytearray(b"12"); i = int(a); f = float(a)
""".strip().splitlines():
    show(line)
