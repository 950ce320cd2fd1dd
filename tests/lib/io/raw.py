"""Buffers over raw files that a script defines."""

import io


def show(what, *args, **named):
    try:
        print(repr(what(*args, **named)))
    except Exception as e:
        print(type(e).__name__, e, getattr(e, "characters_written", ""), repr(e.__cause__))


class Raw(io.RawIOBase):
    def __init__(self, pieces=(), accepts=4):
        self.pieces = list(pieces)
        self.accepts = accepts
        self.written = []
        self.asked = []

    def readable(self):
        return True

    def writable(self):
        return True

    def readinto(self, buffer):
        self.asked.append(len(buffer))
        if not self.pieces:
            return 0
        piece = self.pieces.pop(0)
        if piece is None or isinstance(piece, int):
            return piece
        n = min(len(piece), len(buffer))
        buffer[:n] = piece[:n]
        if piece[n:]:
            self.pieces.insert(0, piece[n:])
        return n

    def write(self, data):
        if self.accepts is None:
            return None
        n = min(len(data), self.accepts)
        self.written.append(bytes(data[:n]))
        return n


raw = Raw([b"abcdef", b"ghi\njkl", b"mno\n"])
f = io.BufferedReader(raw, 4)
print(f.read(2), f.peek(), f.read1(9), f.readline(), f.read(), f.read(), raw.asked)
raw = Raw([b"abc", None, b"def", None])
f = io.BufferedReader(raw, 8)
print(f.read(5), f.read(2), f.read(3), f.read(3), f.read1(3))
b = bytearray(6)
f = io.BufferedReader(Raw([b"abc", b"def", b"ghi"]), 4)
print(f.readinto(b), b, f.readinto1(b), b, f.readinto(b), f.readinto(b))
print(list(io.BufferedReader(Raw([b"a\nb", b"\nc"]))))
for bad in -1, 99, 10**30:
    show(io.BufferedReader(Raw([bad]), 8).read, 3)


class BadRead(Raw):
    def readinto(self, buffer):
        return "text"


show(io.BufferedReader(BadRead()).read, 3)
raw = Raw()
f = io.BufferedWriter(raw, 8)
print(f.write(b"abc"), raw.written, f.write(b"defgh"), raw.written, f.write(b"0123456789012"), raw.written)
f.flush()
print(raw.written)
raw = Raw(accepts=None)
f = io.BufferedWriter(raw, 8)
print(f.write(b"abcdef"))
show(f.write, b"ghijkl")
show(f.write, b"z")
show(f.flush)
raw.accepts = 100
f.flush()
print(raw.written)


class BadWrite(Raw):
    def write(self, data):
        return 50


f = io.BufferedWriter(BadWrite(), 4)
show(f.write, b"0123456")


class Fails(Raw):
    def write(self, data):
        raise OSError("first")

    def close(self):
        super().close()
        raise OSError("second")


f = io.BufferedWriter(Fails(), 4)
f.write(b"x")
try:
    f.close()
except OSError as e:
    print(e, repr(e.__context__), f.closed)


class Again(Raw):
    def write(self, data):
        return self.file.write(data)


raw = Again()
raw.file = io.BufferedWriter(raw, 2)
show(raw.file.write, b"12345")
raw.file.detach
for make in io.BufferedReader, io.BufferedWriter, io.BufferedRandom:
    show(make, Raw(), 0)
    show(make, io.RawIOBase())
    show(make)
    show(make.__new__(make).read if make is not io.BufferedWriter else make.__new__(make).flush)
f = io.BufferedReader(io.BytesIO(b"abc"))
print(f.detach().read())
show(f.read)
show(f.close)
print(f.raw)
pair = io.BufferedRWPair(Raw([b"abc"]), Raw(accepts=9))
print(pair.write(b"x"), pair.read(2), pair.peek(), pair.readable(), pair.writable(), pair.isatty(), pair.closed)
pair.close()
print(pair.closed)
show(io.BufferedRWPair, io.RawIOBase(), Raw())


class OnlyRead(io.RawIOBase):
    data = b"line one\nline two\nrest"

    def read(self, n=-1):
        if n < 0:
            n = len(self.data)
        piece, self.data = self.data[:n], self.data[n:]
        return piece


f = OnlyRead()
print(f.readline(), f.readline(3), f.readlines(), f.closed, f.readable(), f.seekable())
show(f.write, b"")
show(f.readinto, bytearray(2))
show(f.seek, 0)
show(f.tell)
show(f.fileno)
show(f.truncate)
print(f.__dict__)
f.close()
print(f.__dict__)
show(f.readline)
show(f.flush)
show(f.__enter__)
show(f._checkClosed)
show(f._checkReadable)
for base in io.IOBase, io.RawIOBase, io.BufferedIOBase, io.TextIOBase:
    f = base()
    for method in "read", "readline", "detach", "read1", "flush", "isatty", "writable", "tell", "encoding":
        if hasattr(base, method):
            m = getattr(f, method)
            show(m) if callable(m) else print(m)
    show(f.write if hasattr(f, "write") else f.writelines, "x")
print(io.TextIOWrapper(io.BufferedReader(Raw([b"te", b"xt\nm", b"ore"]), 2), encoding="utf-8").readlines())
print(io.RawIOBase.read(Raw([b"abcdef"]), 3), Raw([b"a", b"b"]).readall(), Raw([None]).readall(), Raw([b"x", None]).readall())
print(isinstance(io.BytesIO(), io.IOBase), isinstance(io.StringIO(), io.TextIOBase), issubclass(io.FileIO, io.RawIOBase))
