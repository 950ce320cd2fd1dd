"""A map of memory (`mmap`) may be closed or resized while a `memoryview` sees it.

Cause: CPython counts the views; Argil has no reference counts, and so would not know when the last one
has gone. What is gone is out of the view's bounds.
Workaround: leave the view with a `with` statement before the map is closed.

CPython prints:
    cannot close exported pointers exist
    False
Argil prints:
    True
"""

import mmap

memory = mmap.mmap(-1, 10)
view = memoryview(memory)
try:
    memory.close()
except BufferError as error:
    print(error)
print(memory.closed)
