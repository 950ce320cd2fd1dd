"""Few encodings are known: UTF-8, UTF-16, UTF-32, ASCII and Latin-1.

Cause: tables for some hundred encodings would be most of the program; nearly every file is UTF-8.
Workaround: convert the file once, with `iconv -f cp1252 -t utf-8`.

CPython prints:
    utf-8 b'\\xc3\\xa9'
    latin-1 b'\\xe9'
    cp1252 b'\\xe9'
Argil prints:
    utf-8 b'\\xc3\\xa9'
    latin-1 b'\\xe9'
    unknown encoding: cp1252
"""

for encoding in ("utf-8", "latin-1", "cp1252"):
    try:
        print(encoding, "é".encode(encoding))
    except LookupError as error:
        print(error)
