"""`unicodedata.lookup` and `\\N{...}` know single characters, not the named sequences of several.

Cause: names come from a table of the names of characters.
Workaround: name the characters of the sequence one by one.

CPython prints:
    2
Argil prints:
    "undefined character name 'LATIN SMALL LETTER R WITH TILDE'"
"""

import unicodedata

try:
    print(len(unicodedata.lookup("LATIN SMALL LETTER R WITH TILDE")))
except KeyError as error:
    print(error)
