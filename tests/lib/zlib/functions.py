# compress and decompress: levels, windows and headers, and what is refused. What comes out is the same to the byte.
import zlib
from _show import data, good, show

bad = bytearray(good)
bad[4] ^= 0xFF
print(good)
print(zlib.error, zlib.error.__mro__, repr(zlib.error("a")))
for arguments in (), ("a",), (data, 9), (data, -1), (data, 10), (data, -2), (b"",), (data, 2**40), (data, "x"), (data, 1, 15, 1):
    show(zlib.compress, *arguments)
show(zlib.compress, data, level=0)
for wbits in -15, 31, 8, 9, 7, 16, 47, -8, -9, 100, 24, 25:
    show(zlib.compress, data, wbits=wbits)
show(zlib.compress, memoryview(data)[::2])
show(zlib.compress, bytearray(data))
for arguments in [
    (), ("a",), (good,), (b"",), (good[:-1],), (good[:5],), (b"garbage",), (good + b"trailing",), (good, -15),
    (good[2:-4], -15), (good[:-4] + b"abcd",), (bytes(bad),), (bytearray(good),), (good, 15, 1, 1),
]:
    show(zlib.decompress, *arguments)
for wbits in 47, 31, 100, 9, 0, 15, -8, 32:
    show(zlib.decompress, good, wbits=wbits)
for bufsize in 0, -1, 1, 2**63, 2**62:
    show(zlib.decompress, good, bufsize=bufsize)
for level in range(-1, 10):
    for wbits in -15, 15, 31, 9:
        packed = zlib.compress(data * 100, level, wbits)
        print(level, wbits, len(packed), zlib.crc32(packed), zlib.decompress(packed, wbits) == data * 100)
large = b"".join(b"%d %d\n" % (number, number * number) for number in range(60000))
for level in 0, 1, 6, 9:
    packed = zlib.compress(large, level)
    print(level, len(packed), zlib.adler32(packed), zlib.decompress(packed) == large)

for value in b"", b"abc", data, bytearray(b"abc"), memoryview(b"xabc")[1:]:
    for start in 0, 1, 5, -1, 2**40 + 3, 2**100, True:
        show(zlib.adler32, value, start)
        show(zlib.crc32, value, start)
    show(zlib.adler32, value)
    show(zlib.crc32, value)
for arguments in (), ("a",), (b"", "x"), (b"", 1, 2), (b"", 1.5):
    show(zlib.adler32, *arguments)
    show(zlib.crc32, *arguments)
show(zlib.adler32, data=b"")
for name in sorted(dir(zlib)):
    if name.isupper() and "VERSION" not in name or name.startswith("Z_") or name.startswith("DEF"):
        print(name, getattr(zlib, name))
