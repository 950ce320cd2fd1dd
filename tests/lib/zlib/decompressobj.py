# Objects that decompress piece by piece: limits, tails, what lies behind the end, and copies.
import copy
import zlib
from _show import data, good, short, show


def state(one):
    print(short(one.unconsumed_tail), short(one.unused_data), one.eof)


for arguments in (100,), (1, 2, 3), ("x",), (-8,), (7,), (2**40,):
    show(zlib.decompressobj, *arguments)
for named in {"zdict": "a"}, {"zdict": None}, {"wbits": -15, "zdict": b"abc"}, {"wbits": 31, "zdict": b"abc"}, {"foo": 1}:
    show(zlib.decompressobj, **named)

one = zlib.decompressobj()
state(one)
show(one.decompress, good, 10)
state(one)
show(one.decompress, one.unconsumed_tail, 20)
state(one)
show(one.flush)
state(one)
show(one.decompress, b"more")
state(one)
show(one.flush)
state(one)
show(one.copy)

one = zlib.decompressobj()
show(one.decompress, good + b"tail1")
state(one)
show(one.decompress, b"tail2")
state(one)
show(one.flush)
state(one)

one = zlib.decompressobj()
for arguments in (good, -1), ("a",), (good, "x"), (good, 2**63), (b"",):
    show(one.decompress, *arguments)
show(one.decompress, good, max_length=0)
for length in 0, -1, 1, 2**63, "x":
    show(one.flush, length)
show(one.flush)

one = zlib.decompressobj()
one.decompress(good[:8])
other = one.copy()
third = copy.deepcopy(copy.copy(one))
for each in one, other, third:
    show(each.decompress, good[8:])
    state(each)
one = zlib.decompressobj()
one.decompress(good, 5)
other = one.copy()
state(other)
show(other.flush, 1)

one = zlib.decompressobj()
for _ in range(2):
    show(one.decompress, b"garbage")
    state(one)
    show(one.flush)
    state(one)
one = zlib.decompressobj()
show(one.decompress, good[:-4] + b"abcd", 5)
show(one.flush)
state(one)
show(one.decompress, good)

for name in "eof", "unused_data", "unconsumed_tail", "foo":
    try:
        setattr(one, name, 1)
    except AttributeError:
        print("AttributeError")
try:
    type(one)()
except TypeError as error:
    print(error)

# Every cut and every limit gives the same.
for cut in range(len(good)):
    one = zlib.decompressobj()
    assert one.decompress(good[:cut]) + one.decompress(good[cut:]) + one.flush() == data and one.eof
for limit in 1, 2, 3, 50, 229, 230, 231:
    one, out, tail = zlib.decompressobj(), b"", good + b"xyz"
    while not one.eof:
        part = one.decompress(tail, limit)
        assert len(part) <= limit
        out, tail = out + part, one.unconsumed_tail
    assert out == data and one.unused_data == b"xyz", limit
