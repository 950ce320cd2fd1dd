# Objects that compress piece by piece.
import copy
import zlib
from _show import data, show

for arguments in [
    (10,), (-1, 7), (-1, 8, 7), (-1, 8, 15, 0), (-1, 8, 15, 10), (-1, 8, 15, 8, 9), (1, 2, 3, 4, 5, 6, 7), ("x",), (2**40,),
    (9, 8, -15, 9, 2), (),
]:
    show(zlib.compressobj, *arguments)
for named in {"zdict": "a"}, {"zdict": None}, {"zdict": b""}, {"wbits": 31, "zdict": b"abc"}, {"foo": 1}, {"memLevel": 1}:
    show(zlib.compressobj, **named)

for strategy in range(5):
    one = zlib.compressobj(6, zlib.DEFLATED, 15, 8, strategy)
    print(strategy, one.compress(data * 5) + one.flush())
for memory in range(1, 10):
    one = zlib.compressobj(memLevel=memory)
    packed = one.compress(data * 300) + one.flush()
    print(memory, len(packed), zlib.crc32(packed))
for mode in [*range(7), -1, 9]:
    one = zlib.compressobj()
    show(one.compress, data)
    show(one.flush, mode)
    show(one.flush, mode)
    show(one.flush)
    show(one.compress, b"a")
    show(one.flush)
    show(one.copy)

one = zlib.compressobj()
for arguments in ("a",), (1,), (memoryview(data)[::2],):
    show(one.compress, *arguments)
for arguments in ("x",), (2**40,), (1.5,):
    show(one.flush, *arguments)
one.compress(b"abc")
other = one.copy()
third = copy.deepcopy(copy.copy(other))
print(one.compress(b"def") + one.flush(), other.compress(b"xyz") + other.flush(), third.flush())
try:
    type(one)()
except TypeError as error:
    print(error)
try:
    class Derived(type(one)):
        pass
except TypeError as error:
    print(error)
print(type(one), type(one).__mro__)

# A dictionary.
one = zlib.compressobj(zdict=b"hello world")
packed = one.compress(data) + one.flush()
print(packed)
for named in {}, {"zdict": b"hello world"}, {"zdict": bytearray(b"hello world")}, {"zdict": b"wrong"}:
    two = zlib.decompressobj(**named)
    show(two.decompress, packed)
    print(two.unconsumed_tail, two.unused_data, two.eof)
    show(two.flush)
show(zlib.decompress, packed)
one = zlib.compressobj(wbits=-15, zdict=b"hello world")
packed = one.compress(data) + one.flush()
show(zlib.decompressobj(-15, b"hello world").decompress, packed)
show(zlib.decompressobj(-15).decompress, packed)

# Piece by piece is as all at once.
for size in 1, 7, 100, 5000:
    text = data * 50
    one = zlib.compressobj()
    packed = b"".join(one.compress(text[at:at + size]) for at in range(0, len(text), size)) + one.flush()
    print(size, packed == zlib.compress(text))
