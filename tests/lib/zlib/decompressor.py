# _ZlibDecompressor, which gzip is built on: it keeps what a limit leaves.
import zlib
from _show import data, good, short, show


def state(one):
    print(one.needs_input, one.eof, short(one.unused_data))


Decompressor = zlib._ZlibDecompressor
print(Decompressor)
for arguments in (), (100,), (-15, b"", 1), ("x",):
    show(Decompressor, *arguments)
show(Decompressor, foo=1)
show(Decompressor, wbits=-15, zdict=b"")

one = Decompressor()
state(one)
for arguments in (good, 10), (b"", 10), (b"",), (b"",):
    show(one.decompress, *arguments)
    state(one)
for arguments in (), ("a",), (b"", "x"), (b"", 2**64):
    show(Decompressor().decompress, *arguments)
one = Decompressor()
show(one.decompress, good + b"xx")
state(one)
show(one.decompress, b"a")
one = Decompressor()
show(one.decompress, good + b"xx", 100)
state(one)
show(one.decompress, data=b"yy")
state(one)
one = Decompressor()
show(one.decompress, b"garbage", 0)
state(one)
show(one.decompress, good)
state(one)
one = Decompressor()
show(one.decompress, good[:10], 3)
show(one.decompress, good[10:], 5)
show(one.decompress, b"", 0)
show(one.decompress, b"", max_length=-1)
state(one)
packer = zlib.compressobj(wbits=-15, zdict=b"hello world")
show(Decompressor(-15, b"hello world").decompress, packer.compress(data) + packer.flush())
for size in 1, 5, 10, len(good):
    for limit in 1, 7, 100, -1:
        one, out, at = Decompressor(), b"", 0
        while not one.eof:
            piece = b""
            if one.needs_input:
                piece, at = good[at:at + size], at + size
            part = one.decompress(piece, limit)
            assert limit < 0 or len(part) <= limit
            out += part
        assert out == data, (size, limit)
