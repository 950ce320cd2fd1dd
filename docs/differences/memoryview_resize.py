"""A bytearray may change its size while a `memoryview` sees it.

Cause: CPython counts the views; Argil has no reference counts, and so would not know when the last one
has gone.
Workaround: leave the view with a `with` statement before the array changes.

CPython prints:
    Existing exports of data: object cannot be re-sized
    bytearray(b'abc')
Argil prints:
    bytearray(b'abcd')
"""

data = bytearray(b"abc")
view = memoryview(data)
try:
    data.append(100)
except BufferError as error:
    print(error)
print(data)
