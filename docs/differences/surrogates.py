"""The characters U+10F000 to U+10F7FF cannot be in a string.

Cause: strings are valid UTF-8 in memory, which has no form for lone surrogates; so 2,048 characters of
the last private plane stand for these inside. Scripts see surrogates only, as under CPython, and never
these characters.
Workaround: use others of the private planes; keep data that has them as bytes.

CPython prints:
    '\\ud800'
    b'\\xff'
    '\\U0010f000'
    '\\U0010f7ff'
Argil prints:
    '\\ud800'
    b'\\xff'
    chr() arg not in range(0x110000)
    'utf-8' codec can't decode bytes in position 0-3: U+10F000 to U+10F7FF stand for surrogates in Argil
"""

makers = [
    lambda: chr(0xD800),
    lambda: b"\xff".decode("utf-8", "surrogateescape").encode("utf-8", "surrogateescape"),
    lambda: chr(0x10F000),
    lambda: b"\xf4\x8f\x9f\xbf".decode(),
]
for make in makers:
    try:
        print(ascii(make()))
    except ValueError as error:
        print(error)
