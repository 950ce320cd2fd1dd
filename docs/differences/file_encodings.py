"""Files are read and written in UTF-8, ASCII and Latin-1 only.

Cause: `str.encode` and `bytes.decode` ask the library's codecs, of which those for Chinese, Japanese and Korean are missing;
files decode below them.
Workaround: open the file in binary, and encode or decode what goes through it.

CPython prints:
    b'\\xe9'
    opened
Argil prints:
    b'\\xe9'
    unknown encoding: cp1252
"""

import os

print("é".encode("cp1252"))
try:
    with open(os.devnull, "w", encoding="cp1252"):
        print("opened")
except LookupError as error:
    print(error)
