"""TextIOWrapper: encodings, newlines, positions."""

import io


def show(what, *args, **named):
    try:
        print(repr(what(*args, **named)))
    except Exception as e:
        print(type(e).__name__, e)


data = b"one\r\ntwo\rthree\nfour\r\n\r\nend"
for newline in None, "", "\n", "\r", "\r\n":
    f = io.TextIOWrapper(io.BytesIO(data), encoding="ascii", newline=newline)
    print(repr(newline), f.newlines, f.readlines(), f.newlines)
    f.seek(0)
    print([f.readline(4) for _ in range(9)], f.tell())
    f._CHUNK_SIZE = 3
    f.seek(0)
    print(list(iter(f.readline, "")), [f.seek(0), f.read(5), f.tell(), f.read(2), f.tell(), f.read()])
    out = io.BytesIO()
    f = io.TextIOWrapper(out, encoding="ascii", newline=newline)
    print(f.write("a\nb\r\nc\r"), f.flush(), out.getvalue())

text = "añb€c𝄞d\nzwei\n"
for encoding in "utf-8", "utf-16", "utf-8-sig", "utf-32-le", "cp1252", "latin-1":
    sample = text if encoding.startswith("utf") else "añb\nz\n"
    out = io.BytesIO()
    f = io.TextIOWrapper(out, encoding=encoding)
    f.write(sample[:3])
    f.write(sample[3:])
    f.flush()
    print(encoding, f.encoding, out.getvalue())
    f.seek(0)
    f._CHUNK_SIZE = 1
    places = []
    while True:
        places.append(f.tell())
        if not f.read(1):
            break
    for place in places:
        f.seek(place)
        print(place, repr(f.read()), end=" ")
    print()
    f.seek(0, 2)
    f.write("x")
    f.seek(0)
    print(repr(f.read()))

for errors in "strict", "ignore", "replace", "backslashreplace":
    f = io.TextIOWrapper(io.BytesIO(b"ab\xffcd\xe2\x82"), encoding="utf-8", errors=errors)
    show(f.read)
    f = io.TextIOWrapper(io.BytesIO(b"ab\xffcd"), encoding="ascii", errors=errors)
    show(f.read)
    out = io.BytesIO()
    f = io.TextIOWrapper(out, encoding="ascii", errors=errors)
    show(f.write, "aéb€")
    f.flush()
    print(out.getvalue())

f = io.TextIOWrapper(io.BytesIO(b"abc\ndef\n"), encoding="utf-8")
print(next(f))
show(f.tell)
print(list(f))
show(f.tell)
show(f.seek, 1, 1)
show(f.seek, 1, 2)
show(f.seek, 0, 3)
show(f.seek, -1)
show(f.seek, 1.5)
show(f.write, 5)
show(f.readline, None)
show(f.read, "x")
print(f.seek(0, 1), f.seek(0, 2), f.seek(2), f.read(3), f.truncate(4), f.seek(0), f.read())
print(f.detach().getvalue(), f.buffer if False else "detached")
for name in "read", "flush", "close", "fileno", "readable", "__repr__", "tell":
    show(getattr(f, name))
show(io.TextIOWrapper, None)
show(io.TextIOWrapper, io.BytesIO(), encoding=3)
show(io.TextIOWrapper, io.BytesIO(), encoding="nope")
show(io.TextIOWrapper, io.BytesIO(), newline="q")
show(io.TextIOWrapper, io.BytesIO(), newline=3)
show(io.TextIOWrapper, io.StringIO("x"), encoding="utf-8")
f = io.TextIOWrapper.__new__(io.TextIOWrapper)
show(f.read)
show(f.__repr__)

f = io.TextIOWrapper(io.BytesIO("a\nb é".encode("latin-1")), encoding="utf-8", newline="\n")
f.reconfigure(encoding="latin-1", newline=None, line_buffering=True)
print(f.encoding, f.errors, f.line_buffering, f.write_through, f.read())
show(f.reconfigure, encoding="utf-8")
show(f.reconfigure, newline="z")
f.seek(0, 2)
f.reconfigure(write_through=True, errors="replace")
print(f.errors, f.write_through)
f.write("€")
print(f.buffer.getvalue())
print(io.TextIOWrapper(io.BytesIO()).encoding in ("utf-8", "UTF-8"))


class Lines(io.TextIOWrapper):
    def readline(self, *args):
        return super().readline(*args).upper()


print(list(Lines(io.BytesIO(b"a\nb\n"), encoding="utf-8")))


class Own(io.TextIOWrapper):
    def __next__(self):
        if not hasattr(self, "n"):
            self.n = 0
        self.n += 1
        if self.n > 2:
            raise StopIteration
        return self.n


print(list(Own(io.BytesIO(b"a\nb\n"), encoding="utf-8")))
d = io.IncrementalNewlineDecoder(None, True)
print(d.decode("a\r"), d.getstate(), d.decode("\nb\r", True), d.newlines, d.getstate())
d.setstate((b"", 1))
print(repr(d.decode("x")), d.reset(), d.newlines)
d = io.IncrementalNewlineDecoder(None, False)
print([d.decode("a\r"), d.decode("\r\n"), d.decode("", final=True)], d.newlines)
