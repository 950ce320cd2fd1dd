"""BytesIO and StringIO."""

import copy
import io


def show(what, *args, **named):
    try:
        print(repr(what(*args, **named)))
    except Exception as e:
        print(type(e).__name__, e)


b = io.BytesIO(b"one\ntwo\nthree")
print(b.read(2), b.readline(), b.tell(), b.readlines(), b.read(), b.seek(0), b.readlines(4), b.seek(1), list(b))
print(b.seek(-3, 2), b.read1(2), b.seek(-1, 1), b.read(), b.seek(-99, 1), b.tell(), b.seek(20), b.write(b"x"))
print(b.getvalue(), b.truncate(5), b.getvalue(), b.tell(), b.truncate(99), len(b.getvalue()))
print(b.seek(0), b.readinto(v := bytearray(3)), v, b.write(bytearray(b"!!")), b.getvalue(), b.writelines([b"a", b"b"]))
with b.getbuffer() as view:
    view[:2] = b"ZZ"
print(b.getvalue(), b.readable(), b.writable(), b.seekable(), b.isatty(), b.closed, b.flush(), b.read(None))
for args in (0, 5), (-1,), ("a",), (1, 2, 3), (None,):
    show(b.seek, *args)
show(b.truncate, -1)
show(b.read, "x")
show(b.write, "x")
show(b.readinto, b"abc")
show(b.fileno)
show(b.detach)
show(io.BytesIO, "x")
show(io.BytesIO, 5)
print(io.BytesIO(None).getvalue(), io.BytesIO(initial_bytes=b"q").getvalue())
print(b.__getstate__())
c = io.BytesIO()
c.__setstate__((b"abc", 2, {"x": 5}))
print(c.read(), c.x, c.__getstate__())
for bad in 5, (b"a", 1), (b"a", -1, None), (b"a", "x", None), (b"a", 0, 5), ("a", 0, None):
    show(c.__setstate__, bad)
b.seek(3)
for made in copy.copy(b), copy.deepcopy(b):
    print(made.tell(), made.getvalue(), b.__reduce_ex__(4)[2])
b.close()
b.close()
print(b.closed)
for name in "read", "getvalue", "getbuffer", "tell", "readline", "flush", "isatty", "readable", "__next__", "__enter__":
    show(getattr(b, name))
show(b.write, b"")
show(b.seek, 0)

s = io.StringIO("one\ntwö\nthree")
print(s.read(2), repr(s.readline()), s.tell(), s.readlines(), s.read(), s.seek(0), list(s), s.seek(0), s.readline(2))
print(s.seek(0, 2), s.write("€!"), s.seek(4), s.write("xy"), s.getvalue(), s.truncate(6), s.getvalue(), s.tell())
print(s.seek(9), s.write("z"), repr(s.getvalue()), s.seek(0, 1), s.newlines, s.line_buffering, s.encoding, s.errors)
for args in (0, 5), (-1,), ("a",), (1, 1), (1, 2):
    show(s.seek, *args)
show(s.truncate, -1)
show(s.read, "x")
show(s.write, b"x")
show(s.fileno)
show(s.detach)
show(io.StringIO, b"x")
show(io.StringIO, "x", "q")
show(io.StringIO, "x", 5)
show(io.StringIO, newline=b"")
for newline in None, "", "\n", "\r", "\r\n":
    s = io.StringIO("a\nb\r\nc\rd", newline=newline)
    print(repr(newline), s.readlines(), repr(s.getvalue()), s.newlines, s.write("e\n\r"), repr(s.getvalue()), s.newlines)
    print(s.__getstate__(), copy.copy(s).getvalue() == s.getvalue())
s = io.StringIO()
s.x = 5
s.__setstate__(("abc", None, 1, {"y": 6}))
print(s.read(), s.x, s.y, s.__getstate__())
for bad in 5, ("a", "\n", 1), ("a", "\n", -1, None), ("a", "q", 0, None), ("a", "\n", 0, 5), (b"a", "\n", 0, None):
    show(s.__setstate__, bad)
s = io.StringIO("abc")
s.close()
print(s.closed)
for name in "read", "getvalue", "tell", "readline", "flush", "readable", "__next__", "__enter__", "line_buffering":
    try:
        method = getattr(s, name)
    except ValueError as e:
        print(e)
    else:
        show(method)
show(io.StringIO.__new__(io.StringIO).read)


class Mine(io.StringIO):
    def write(self, text):
        return super().write(text.upper())


m = Mine()
print("hello", 5, file=m)
print(m.getvalue())
for kind in io.BytesIO, io.StringIO:
    print(kind.__name__, kind.__module__, [c.__name__ for c in kind.__mro__])
