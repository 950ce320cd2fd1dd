"""A string cannot hold half of a surrogate pair.

Cause: strings are valid UTF-8 in memory, which has no form for one. CPython uses them to carry bytes
that are no text (`surrogateescape`).
Workaround: keep such data as bytes, or decode it as Latin-1.

CPython prints:
    '\\ud800'
    '\\udcff'
Argil prints:
    chr() arg not in range(0x110000)
    unknown error handler name 'surrogateescape'
"""

for make in (lambda: chr(0xD800), lambda: b"\xff".decode("utf-8", "surrogateescape")):
    try:
        print(ascii(make()))
    except (ValueError, LookupError) as error:
        print(error)
