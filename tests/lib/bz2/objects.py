# bz2: what comes out to the byte, limits, what is left over, and errors.
import _bz2
import bz2
import copy
import pickle


def attempt(function, *arguments, **named):
    try:
        print(repr(function(*arguments, **named))[:300])
    except Exception as error:
        print(type(error).__name__, error)


DATA = bytes(i * i % 253 for i in range(50000))
for level in 1, 5, 9:
    made = bz2.compress(DATA, level)
    print(level, len(made), made[:20], made[-20:], bz2.decompress(made) == DATA)
print(bz2.compress(b""), bz2.decompress(bz2.compress(b"") + bz2.compress(b"a") + b"x"))

Compressor, Decompressor = _bz2.BZ2Compressor, _bz2.BZ2Decompressor
for arguments in (0,), (10,), ("a",), (1 << 40,), (1, 2):
    attempt(Compressor, *arguments)
attempt(Compressor, compresslevel=3)
attempt(Decompressor, x=1)
pieces = Compressor()
out = b"".join([pieces.compress(memoryview(DATA)[start:start + 1000]) for start in range(0, len(DATA), 1000)])
out += pieces.flush()
print(out == bz2.compress(DATA))
for arguments in ("a",), (1,), (), (b"a",):
    attempt(pieces.compress, *arguments)
attempt(pieces.flush)
attempt(pickle.dumps, pieces)
attempt(copy.copy, pieces)

small = bz2.compress(b"a" * 1000)
reader = Decompressor()
state = lambda: print(reader.eof, reader.needs_input, reader.unused_data)
state()
attempt(reader.decompress, small[:20], 5)
state()
attempt(reader.decompress, small[20:] + b"zz", 5)
state()
attempt(reader.decompress, b"", max_length=0)
state()
attempt(lambda: len(reader.decompress(b"more", 100)))
state()
attempt(lambda: len(reader.decompress(b"")))
state()
attempt(reader.decompress, b"")
attempt(reader.decompress, b"", "a")
attempt(reader.decompress)
reader = Decompressor()
attempt(reader.decompress, b"xxxxxxxxxxxxxxxxx")
attempt(reader.decompress, small)
broken = bytearray(small)
broken[20] ^= 5
attempt(Decompressor().decompress, bytes(broken))
attempt(bz2.decompress, small[:-1])

# Much with a small limit: what is left is not copied at each call.
reader = Decompressor()
total, given = 0, bz2.compress(DATA * 4)
while not reader.eof:
    total += len(reader.decompress(given if reader.needs_input else b"", 100))
    given = b""
print(total == len(DATA) * 4)

# A bomb comes out piece by piece.
bomb = bz2.compress(bytes(5_000_000))
reader = Decompressor()
print(len(bomb), len(reader.decompress(bomb, 1000)), reader.needs_input)
