# mmap: files and memory as bytes that can be changed in place.
import mmap
import os
import re
import struct
import tempfile


def attempt(function, *arguments, **named):
    try:
        print(repr(function(*arguments, **named))[:200])
    except Exception as error:
        print(type(error).__name__, error)


Map = mmap.mmap
for name in sorted(vars(mmap)):
    if name.isupper():
        print(name, getattr(mmap, name), end=" ")
print(mmap.error is OSError)
for arguments, named in (
    ((-1, 0), {}), ((-1, -1), {}), (("a", 1), {}), ((-1, "a"), {}), ((-1, 10), dict(prot=mmap.PROT_READ, access=mmap.ACCESS_READ)),
    ((-1, 10), dict(access=9)), ((-1, 10), dict(offset=-1)), ((-1, 10), dict(offset=1)), ((99, 10), {}), ((-1, 1 << 70), {}),
    ((-1, 1 << 60), {}), ((-1, 10), dict(trackfd=False)),
):
    attempt(Map, *arguments, **named)

file = tempfile.TemporaryFile()
attempt(Map, file.fileno(), 0)
file.write(b"0123456789" * 1000)
file.flush()
descriptor = file.fileno()
for arguments, offset in ((20000,), 0), ((0,), 4096), ((0,), 1 << 20), ((10,), 8192), ((5000,), 8192):
    attempt(Map, descriptor, *arguments, offset=offset)
m = Map(descriptor, 0)
print(len(m), m.size(), m.tell(), m.closed, m, m.seekable())
print(m.read(5), len(m.read()), m.read(3), m.seek(0), m.read(2), m.read(None)[-2:], m.seek(3), m.read_byte(), len(m.readline()))
attempt(m.read_byte)
m[5] = 10
m.seek(0)
print(m.readline(), m.readline()[:5])
for arguments in (0,), (-1,), (5, 1), (-5, 2), (1 << 30,), (1, 9), ("a",), (10000,), (10001,):
    attempt(m.seek, *arguments)
m.seek(0)
for piece in b"abc", "a", bytearray(b"xy"):
    attempt(m.write, piece)
for byte in 65, 300, -1, "a":
    attempt(m.write_byte, byte)
m.seek(9999)
attempt(m.write, b"ab")
m.write_byte(5)
attempt(m.write_byte, 5)
m.seek(0)
for arguments in (b"45",), (b"45", 100), (b"45", -100), (b"45", 0, 3), (b"",), ("a",), (), (b"4", None), (b"zz",), (b"", 20000), (b"45", 5, -1):
    attempt(m.find, *arguments)
for arguments in (b"45",), (b"45", 0, 50), (b"",):
    attempt(m.rfind, *arguments)
for key in 0, -1, 10000, slice(1, 5), slice(1, 10, 3), slice(10, 1, -2), "a", slice(1, 1):
    attempt(m.__getitem__, key)
for key, value in (
    (0, 65), (0, b"a"), (0, 300), (slice(0, 3), b"xyz"), (slice(0, 3), b"xy"), (slice(0, 6, 2), b"ABC"), (slice(0, 3), "abc"), (20000, 1),
    ("a", 1), (slice(0, 6, 2), b"AB"),
):
    attempt(m.__setitem__, key, value)
attempt(m.__delitem__, 0)
print(m[:10])
for arguments in (0, 1, 5), (0, 1, 50000), (-1, 1, 5), (0, 9999, 5):
    attempt(m.move, *arguments)
print(m[:10])
for arguments in (), (0, 100), (1, 100), (0, 100000), (-1, 5), (0, 0):
    attempt(m.flush, *arguments)
normal = mmap.MADV_NORMAL
for arguments in (normal,), (99,), (normal, 100000), (normal, -1), (normal, 0, -1), (normal, 0, 1 << 62), (normal, 4096, 5), ():
    attempt(m.madvise, *arguments)
file.seek(0)
print(file.read(10))

view = memoryview(m)
print(view.readonly, view.format, len(view), view.nbytes, view.itemsize, view.obj is m)
view[0] = 66
print(m[0], bytes(view[:3]))
view.release()
m.resize(5000)
print(len(m), m.size(), os.fstat(descriptor).st_size)
m.resize(20000)
print(len(m), m.size(), m[19999])
attempt(m.resize, -1)
attempt(m.resize, "a")
print(b"12" in m, 49 in m, list(m[:3]), bytes(m)[:5], list(iter(m))[:3], bytearray(m)[:3], m == m)
print(re.findall(b"[0-9]5", m)[:3], struct.unpack_from("4s", m, 4))
struct.pack_into("4s", m, 0, b"WXYZ")
file.seek(0)
print(m[:5], os.readv(descriptor, [memoryview(m)[:3]]))
with m as same:
    print(same is m)
print(m.closed, m)
attempt(lambda: m[0])
for method, arguments in (
    (len, (m,)), (m.read, ()), (m.close, ()), (m.size, ()), (m.__enter__, ()), (m.seek, (0,)), (m.tell, ()), (m.flush, ()), (m.find, (b"a",)),
    (m.__setitem__, (0, 1)),
):
    attempt(method, *arguments)

r = Map(descriptor, 0, access=mmap.ACCESS_READ)
for method, arguments in (r.__setitem__, (0, 1)), (r.write, (b"a",)), (r.write_byte, (1,)), (r.resize, (5,)), (r.move, (0, 1, 1)), (r.flush, ()):
    attempt(method, *arguments)
print(memoryview(r).readonly, r)
c = Map(descriptor, 0, access=mmap.ACCESS_COPY)
c[0] = 99
print(c[0], r[0], c)
attempt(c.resize, 5)
w = Map(descriptor, 100, access=mmap.ACCESS_WRITE, offset=4096)
print(w, len(w), w.size())
a = Map(-1, 100)
print(a, a[:3])
attempt(a.size)
attempt(a.resize, 200)
attempt(a.resize, 50)
t = Map(descriptor, 100, trackfd=False)
attempt(t.size)
attempt(t.resize, 5)


class Named(Map):
    pass


n = Named(-1, 10)
n.x = 5
print(n.x, str(n)[:20])

attempt(Map(-1, 10, trackfd=False).resize, 5)
attempt(n.madvise, mmap.MADV_NORMAL, 2, (1 << 63) - 1)
