"""open: the layers of a file, modes, and what each refuses."""

import io
import os

folder = f"/tmp/argil_io_files_{os.getpid()}"
os.mkdir(folder)
path = folder + "/f"


def show(what, *args, **named):
    try:
        result = what(*args, **named)
    except Exception as e:
        print(type(e).__module__, type(e).__name__, str(e).replace(folder, ""))
    else:
        print(repr(result).replace(folder, ""))


with open(path, "w") as f:
    print(type(f) is io.TextIOWrapper, type(f.buffer), type(f.buffer.raw), f.mode, f.buffer.mode, f.buffer.raw.mode)
    print(f.write("one\ntwo\nthree\n"), f.line_buffering, f.write_through, f.errors, f.newlines)
    show(f.read)
    show(f.readline)
    print(f.tell(), f.seekable(), f.readable(), f.writable(), f.isatty(), f.closed)
    print(f.__dict__, f.buffer.__dict__, list(f.buffer.raw.__dict__))
    print(repr(f).replace(folder, ""), repr(f.buffer).replace(folder, ""), repr(f.buffer.raw).replace(folder, ""))
print(f.closed, f.buffer.closed, f.buffer.raw.closed, repr(f.buffer.raw))
for name in "read", "readline", "tell", "flush", "fileno", "isatty", "readable", "__enter__", "__iter__", "__next__":
    show(getattr(f, name))
show(f.write, "x")
show(f.seek, 0)

with open(path, "rb") as f:
    print(type(f), type(f.raw), f.peek()[:3], f.read(4), f.readline(), f.tell(), f.read1(2), f.read())
    show(f.write, b"x")
    show(f.truncate)
    print(f.seek(-3, 2), f.read(), f.seek(2), f.readinto(bytearray(3)), f.tell(), f.seek(1, 1))
    show(f.seek, 0, 9)
    show(f.seek, -5)
    show(f.seek, "a")
    show(f.read, -2)
    show(f.read, "a")
    print(f.seek(0), list(f), next(f, "end"))
for name in "read", "read1", "peek", "readline", "tell", "flush", "fileno", "seekable", "__next__":
    show(getattr(f, name))
show(f.readinto, bytearray(1))
show(f.seek, 0)

with open(path, "wb") as f:
    print(type(f), f.write(b"abc"), f.write(bytearray(b"de")), f.write(memoryview(b"fg")), f.tell())
    for name in "read", "read1", "readline":
        show(getattr(f, name))
    show(f.readinto, bytearray(1))
    show(f.write, "text")
    show(f.peek if hasattr(f, "peek") else lambda: "no peek")
    print(f.truncate(3), f.tell())
with open(path, "r+b") as f:
    print(type(f), f.read(1), f.write(b"X"), f.read(), f.seek(0), f.read())
with open(path, "ab+") as f:
    print(f.tell(), f.write(b"end"), f.seek(0), f.read(), f.mode)
show(open, path, "x")
os.remove(path)
with open(path, "xb") as f:
    print(f.mode, f.raw.mode)
with open(path, "rb", 0) as f:
    print(type(f), f.read(), f.readall(), f.closefd, f.mode, f.name == path)
    show(f.write, b"")

for mode in "", "rw", "rr", "z", "br+a", "rbt", "t", "b", "+", "U", "r+w":
    show(open, path, mode)
show(open, path, None)
show(open, path, 5)
show(open, path, "rb", encoding="utf-8")
show(open, path, "rb", errors="strict")
show(open, path, "rb", newline="")
show(open, path, "r", 0)
show(open, path, "r", -7)
show(open, path, newline="x")
show(open, path, newline=5)
show(open, path, encoding=5)
show(open, path, encoding="no-such-thing")
show(open, path, encoding="hex")
show(open, path, closefd=False)
show(open, -1)
show(open, 1 << 40)
show(open, 4.5)
show(open, folder)
show(open, folder + "/none")
show(open, path + "\0")
show(io.FileIO, path, "rw")
show(io.FileIO, path, "q")
show(io.open_code, b"x")
print(io.text_encoding("abc"), io.text_encoding(None), io.DEFAULT_BUFFER_SIZE, io.open is open)


kept = open(path, "w")


def opener(name, flags):
    print("opener", name.replace(folder, ""), flags & 3)
    return kept.fileno()


with open(path, "w", opener=opener) as f:
    f.write("opened")
show(kept.close)
print(kept.closed)
show(open, path, opener=lambda *_: -3)
show(open, path, opener=lambda *_: "x")
kept = open(path, "rb", 0)
fd = kept.fileno()
with open(fd, closefd=False) as f:
    print(f.read(), f.name == fd, f.buffer.raw.closefd, f.fileno() == fd)
print(kept.seek(0), kept.read(2))
with open(fd) as f:
    print(f.read())
show(kept.read, 1)
show(kept.close)
os.remove(path)
os.rmdir(folder)
