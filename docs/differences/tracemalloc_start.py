"""Nothing notes where memory is allocated.

Cause: Argil's heap keeps no place for each object, and noting one would cost every program.
Workaround: measure with the process's own figures (`resource.getrusage`), or look for objects with `gc.get_objects`.

CPython prints:
    True
Argil prints:
    NotImplementedError: Argil does not trace where memory is allocated
"""

import tracemalloc

try:
    tracemalloc.start()
    print(tracemalloc.is_tracing())
except NotImplementedError as error:
    print(f"NotImplementedError: {error}")
