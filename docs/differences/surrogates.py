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
    unknown error handler name 'surrogateescape'
"""

for make in (lambda: chr(0xD800), lambda: b"\xff".decode("utf-8", "surrogateescape")):
    try:
        print(ascii(make()))
    except (ValueError, LookupError) as error:
        print(error)
