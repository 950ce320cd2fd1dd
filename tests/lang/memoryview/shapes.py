"""Formats and shapes of views, subscripts in several dimensions, comparison, and what views say of bad arguments."""
import struct


def show(f, *args, **kwargs):
    try:
        print(repr(f(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__, error)


def facts(view):
    return (view.format, view.itemsize, view.ndim, view.shape, view.strides, view.suboffsets, view.nbytes, view.readonly,
            view.c_contiguous, view.f_contiguous, view.contiguous)


data = bytearray(range(24))
m = memoryview(data)
for code in "cbBhHiIlLqQnNfde?P":
    v = m.cast(code)
    print(facts(v), v.tolist()[:3])
    print(facts(m.cast("@" + code))[0])
for code in ("w", "u", "x", "", "BB", "<i", "F", 1, None):
    show(m.cast, code)
v = m.cast("B", [2, 3, 4])
print(facts(v), v.tolist(), v[1, 2, 3], v[-1, 0, -4], len(v))
print(facts(v[1:]), v[::-1].tolist(), v[1:].tolist())
print(v[::-1].tobytes(), v.tobytes("F"), v.tobytes("A"), v.tobytes(None), v[::-1].tobytes("F"))
show(v.tobytes, "X")
show(v.tobytes, 1)
for key in (0, (0, 0), (0, 0, 0, 0), (2, 0, 0), (0, 3, 0), slice(0, 1), (slice(0, 1), slice(0, 1)), "a", (0, "a", 0), ...,
            (0, slice(1), 0), 1.5, None, 1 << 70):
    show(lambda: v[key] if not isinstance(v[key], memoryview) else v[key].tolist())
    show(lambda: m[key] if not isinstance(m[key], memoryview) else m[key].tolist())
for key, value in ((0, 1), ((0, 0, 0), 200), ((0, 0, 0), 300), ((0, 0), 1), (slice(0, 1), b"a"), ((slice(0, 1),), 1)):
    show(v.__setitem__, key, value)
print(data[:4])
z = m[:8].cast("q", [])
print(facts(z), z[()], z.tolist(), z[...] is z)
show(len, z)
show(iter, z)
show(lambda: z[0])
z[()] = 5
z[...] = 6
print(z[()])
show(iter, v)
for shape in ([0], [-1], [1.5], [2], [25], "x", [1] * 65, [1 << 62, 8], (24,), [4, 6]):
    show(lambda: m.cast("B", shape).shape)
show(v.cast, "B", [4, 6])
show(lambda: facts(v.cast("B")))
show(m[::2].cast, "h")
show(m[:7].cast, "h")
show(m.cast("h").cast, "i")
show(m[:0].cast, "B", [0])
print(m[:0].cast("i").tolist())

for code, values in {
    "b": (1, 128, -129, "a", 1.5), "B": (255, 256, -1), "h": (1 << 15,), "Q": (1 << 64, -1, (1 << 64) - 1), "f": (1e300, "x", 1),
    "d": (1.5, None), "e": (1.5, 1e6), "?": ([], "a"), "c": (b"z", b"", 5, b"ab"), "n": (-1, 1 << 63), "P": (1, "a"),
}.items():
    one = memoryview(bytearray(8)).cast(code)
    for value in values:
        show(one.__setitem__, 0, value)
        print(one[0])

r = memoryview(b"abcab")
show(r.__setitem__, 0, 1)
show(r.__delitem__, 0)
show(m.__delitem__, 0)
show(m.__setitem__, slice(0, 2), b"abc")
show(m.__setitem__, slice(0, 2), 5)
show(m.__setitem__, slice(0, 2), m.cast("b")[:2])
m[0:3] = m[1:4]
print(data[:5])
print(r.count(97), r.index(98), r.index(97, 1), hash(r) == hash(b"abcab"), r.hex("-", 2), m.toreadonly().readonly)
show(r.index, 1)
show(r.index, 97, 1, 2)
show(v.count, 1)
show(z.index, 1)
show(hash, m)
show(hash, memoryview(bytes(8)).cast("i"))
show(hash, m.toreadonly())
print(m.cast("h") == m, m.cast("B") == m.cast("b"), memoryview(struct.pack("3d", 1, 2, 3)).cast("d") == memoryview(struct.pack("3i", 1, 2, 3)).cast("i"))
nan = memoryview(struct.pack("d", float("nan"))).cast("d")
print(nan == nan, m == bytes(data), m == 5, m != bytes(data), v == m, v == m.cast("B", [2, 3, 4]))
show(lambda: m < m)
print(memoryview._from_flags(b"a", 0).readonly, memoryview[int])
show(memoryview._from_flags, b"a", 1)
show(memoryview, 5)
show(memoryview)
show(lambda: __import__("pickle").dumps(m))
with m as same:
    print(same is m)
for f in (lambda: m[0], lambda: m.nbytes, lambda: m.cast("B"), m.tolist, lambda: len(m), lambda: hash(m), lambda: m.obj):
    show(f)
print(m == m, m == data, repr(m)[:16])
m.release()
