"""A string cannot hold half of a surrogate pair.

Cause: strings are valid UTF-8 in memory, which has no form for one. CPython uses them to carry bytes
that are no text (`surrogateescape`); here such bytes in arguments, file names and the environment
become U+FFFD.
Workaround: keep such data as bytes, or decode it as Latin-1; name files by bytes.

CPython prints:
    '\\ud800'
    '\\udcff'
Argil prints:
    chr() arg not in range(0x110000)
    'utf-8' codec can't decode byte 0xff in position 0: invalid start byte; strings cannot hold lone surrogates yet
"""

for make in (lambda: chr(0xD800), lambda: b"\xff".decode("utf-8", "surrogateescape")):
    try:
        print(ascii(make()))
    except (ValueError, LookupError) as error:
        print(error)
