"""Arrays as buffers, in files and in pickles."""
import copy
import io
import pickle
import struct
from array import array

numbers = array("i", [1, -2, 3])
view = memoryview(numbers)
print(view.format, view.itemsize, view.shape, view.tolist(), bytes(numbers), view.nbytes)
view[1] = 99
view[::2] = array("i", [7, 8])
print(numbers, view == numbers, view == array("d", [7, 99, 8]), memoryview(b"ab") == array("B", b"ab"))
struct.pack_into("i", numbers, 4, 5)
print(numbers, struct.unpack("3i", numbers), bytearray(numbers)[:4], b"".join([numbers, b"!"]))
file = io.BytesIO(b"abcdefgh")
letters = array("B", bytes(4))
print(file.readinto(letters), letters, io.BytesIO(letters).read())
out = io.BytesIO()
numbers.tofile(out)
print(out.getvalue() == numbers.tobytes())
for code in "bBwhHiIlLqQfd":
    made = array(code, "aé" if code == "w" else [1, 2])
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(made, protocol)) == made
    assert copy.copy(made) == copy.deepcopy(made) == made
    made.byteswap()
    made.reverse()
    print(made.tobytes())
try:
    array("i", [1]) * (1 << 61)
except MemoryError:
    print("too long")
print(max(numbers), sum(numbers), sorted(numbers), list(reversed(numbers)), 5 in numbers)
match array("b", [1, 2]):
    case [first, second]:
        print("a sequence", first, second)
    case _:
        print("no sequence")
from collections.abc import MutableSequence
print(isinstance(array("b"), MutableSequence))
