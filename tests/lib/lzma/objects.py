# lzma: what comes out to the byte in each format, filters, limits, what is left over, and errors.
import _lzma
import lzma
import pickle


def attempt(function, *arguments, **named):
    try:
        result = repr(function(*arguments, **named))
        print(result[:300] if "object at" not in result else result.partition(" at ")[0])
    except Exception as error:
        print(type(error).__name__, error)


DATA = bytes(i * i % 253 for i in range(100000))
LZMA1, LZMA2, DELTA, X86 = lzma.FILTER_LZMA1, lzma.FILTER_LZMA2, lzma.FILTER_DELTA, lzma.FILTER_X86
for preset in 0, 1, 6, 9, 6 | lzma.PRESET_EXTREME:
    made = lzma.compress(DATA, preset=preset)
    print(preset, len(made), made[:24], made[-24:], lzma.decompress(made) == DATA)
for check in lzma.CHECK_NONE, lzma.CHECK_CRC32, lzma.CHECK_CRC64, lzma.CHECK_SHA256:
    made = lzma.compress(b"abc", check=check)
    reader = lzma.LZMADecompressor()
    print(check, made, reader.decompress(made), reader.check)
print(lzma.compress(DATA, lzma.FORMAT_ALONE) == lzma.compress(DATA, lzma.FORMAT_ALONE, preset=6), lzma.compress(b"a", 2))
chains = [
    [{"id": LZMA2}], [{"id": LZMA2, "preset": 3, "lc": 0, "lp": 2, "pb": 1, "dict_size": 65536}],
    [{"id": DELTA, "dist": 5}, {"id": LZMA2, "mode": lzma.MODE_FAST, "nice_len": 32, "mf": lzma.MF_HC4, "depth": 10}],
    [{"id": X86, "start_offset": 16}, {"id": DELTA}, {"id": LZMA2, "mf": lzma.MF_BT2}],
]
for chain in chains:
    for format in lzma.FORMAT_XZ, lzma.FORMAT_RAW:
        made = lzma.compress(DATA, format, filters=chain)
        given = {"filters": chain} if format == lzma.FORMAT_RAW else {}
        print(chain, len(made), made[:30], lzma.decompress(made, format, **given) == DATA)

for arguments, named in (
    ((5,), {}), ((0,), {}), ((1, 99), {}), ((2, 1), {}), ((1, 2), {}), ((), {"preset": 10}), ((), {"preset": -1}), ((), {"preset": 1 << 40}),
    ((), {"preset": "a"}), ((), {"filters": [{}]}), ((), {"filters": [{"id": 99}]}), ((), {"filters": [{"id": LZMA2, "foo": 1}]}),
    ((), {"filters": [1]}), ((), {"filters": 1}), ((), {"preset": 1, "filters": []}), ((3,), {}), ((), {"filters": [{"id": 3, "dist": 0}]}),
    ((), {"filters": [{"id": LZMA2}] * 5}), ((), {"filters": [{"id": LZMA2, "lc": 9}]}), ((), {"filters": [{"id": "a"}]}),
    ((), {"filters": [{"id": LZMA2, "preset": 99}]}), ((), {"filters": [{"id": 3, "dist": 300}, {"id": LZMA2}]}),
    ((2,), {"filters": [{"id": LZMA2}]}), ((2,), {"filters": [{"id": LZMA1}]}), ((), {"filters": [{"id": 3, "x": 1}]}),
    ((), {"filters": [{"id": 4, "x": 1}]}), ((), {"filters": [{"id": LZMA2, "dict_size": -1}]}), ((), {"filters": [{"id": LZMA2, "mf": 99}]}),
    ((), {"filters": [{"id": -1}]}), ((1, -1, 2, None, 5), {}), (("a",), {}),
):
    attempt(_lzma.LZMACompressor, *arguments, **named)
for arguments, named in (
    ((5,), {}), ((3,), {}), ((1,), {"filters": []}), ((3,), {"memlimit": 5, "filters": []}), ((), {"memlimit": -1}),
    ((), {"memlimit": "a"}), ((), {"memlimit": 1 << 70}), ((3,), {"filters": [{"id": LZMA2}]}), ((0, None, None, 1), {}),
):
    attempt(_lzma.LZMADecompressor, *arguments, **named)

writer = _lzma.LZMACompressor()
for piece in "a", 1, b"abc":
    attempt(writer.compress, piece)
attempt(writer.flush)
attempt(writer.flush)
attempt(writer.compress, b"a")
attempt(pickle.dumps, writer)

small = lzma.compress(b"a" * 1000)
reader = _lzma.LZMADecompressor()
state = lambda: print(reader.check, reader.eof, reader.needs_input, reader.unused_data)
state()
for piece, limit in (small[:20], 5), (small[20:] + b"zz", 5), (b"", 0), (b"yy", 10), (b"", -1), (b"", -1):
    attempt(reader.decompress, piece, limit)
    state()
reader = _lzma.LZMADecompressor()
for piece in b"xxxxxxxxxxxxxxxxx", small:
    attempt(reader.decompress, piece)
broken = bytearray(small)
broken[30] ^= 1
attempt(lzma.decompress, bytes(broken))
attempt(lzma.decompress, small, memlimit=1000)
attempt(lzma.decompress, small, lzma.FORMAT_ALONE)
attempt(lzma.decompress, small[:-1])

for filter in (
    {"id": LZMA1}, {"id": LZMA2}, {"id": 3}, {"id": 3, "dist": 5}, {"id": 4}, {"id": 4, "start_offset": 16}, {"id": LZMA2, "dict_size": 5000},
    {"id": LZMA2, "dict_size": 4096}, {"id": LZMA2, "dict_size": (1 << 32) - 1}, {"id": LZMA2, "preset": 9}, {"id": 99}, {}, 1,
    {"id": LZMA1, "lc": 1, "lp": 2, "pb": 1, "dict_size": 10000}, {"id": LZMA1, "lc": 9}, {"id": 7}, {"id": 9}, {"id": 10},
    {"id": 3, "dist": 257}, {"id": 4, "start_offset": 1 << 33},
):
    attempt(_lzma._encode_filter_properties, filter)
for arguments in (
    (LZMA1, b"\x5d\0\0\x80\0"), (LZMA2, b"\x10"), (LZMA2, b"\x28"), (LZMA2, b"\x29"), (LZMA2, b"\0"), (LZMA2, b""), (3, b"\x04"), (3, b""),
    (4, b""), (4, b"\x10\0\0\0"), (4, b"a"), (99, b""), (LZMA1, b""), (LZMA1, b"\xff\0\0\0\0"), ("a", b""), (3, "a"), (-1, b""), (1 << 70, b""),
):
    attempt(_lzma._decode_filter_properties, *arguments)
print([check for check in range(20) if lzma.is_check_supported(check)])

bomb = lzma.compress(bytes(20_000_000), preset=0)
reader = _lzma.LZMADecompressor()
print(len(reader.decompress(bomb, 1000)), reader.needs_input)
