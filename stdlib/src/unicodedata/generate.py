"""Writes the tables beside this script from the module of the CPython that runs it.

They hold data of the Unicode Character Database (https://www.unicode.org/license.txt), in the version of that CPython.
"""

import struct
import sys
import unicodedata
from pathlib import Path

CATEGORIES = "Cn Lu Ll Lt Mn Mc Me Nd Nl No Zs Zl Zp Cc Cf Cs Co Lm Lo Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So".split()
DIRECTIONS = ["", *"L LRE LRO R AL RLE RLO PDF EN ES ET AN CS NSM BN B S WS ON LRI RLI FSI PDI".split()]
WIDTHS = "F H W Na A N".split()
TAGS = ["", *(f"<{tag}>" for tag in
              "noBreak compat super fraction font circle wide vertical square isolated final initial medial small narrow sub".split())]
BLOCK = 128

folder = Path(__file__).parent / "tables"
records, numbers, blocks, parts = {}, {}, {}, []


def record(ucd, c):
    number = ucd.numeric(c, None)
    value = struct.pack(
        "<BBBBBBH",
        CATEGORIES.index(ucd.category(c)),
        DIRECTIONS.index(ucd.bidirectional(c)),
        ucd.combining(c),
        WIDTHS.index(ucd.east_asian_width(c)) | ucd.mirrored(c) << 3,
        ucd.decimal(c, 255),
        ucd.digit(c, 255),
        0xFFFF if number is None else numbers.setdefault(number, len(numbers)),
    )
    return records.setdefault(value, len(records))


def pages(ucd):
    """The number of the block of each page of code points."""
    return b"".join(
        struct.pack("<H", blocks.setdefault(struct.pack(f"<{BLOCK}H", *(record(ucd, chr(c)) for c in range(at, at + BLOCK))), len(blocks)))
        for at in range(0, sys.maxunicode + 1, BLOCK)
    )


def decomposition(ucd, c):
    """How a character is taken apart: its code point, the tag, how many parts, and where they begin among all parts."""
    words = ucd.decomposition(chr(c)).split()
    tag = words.pop(0) if words[0].startswith("<") else ""
    entry = struct.pack("<IHBB", c, len(parts), TAGS.index(tag), len(words))
    parts.extend(int(word, 16) for word in words)
    return entry


old = unicodedata.ucd_3_2_0
every = range(sys.maxunicode + 1)
new_pages, old_pages = pages(unicodedata), pages(old)
# Syllables of Hangul are taken apart by arithmetic.
apart = [c for c in every if unicodedata.decomposition(chr(c)) and not 0xAC00 <= c <= 0xD7A3]
assert all(old.decomposition(chr(c)) in ("", unicodedata.decomposition(chr(c))) for c in every)
# What was corrected since.
other = [c for c in apart if old.category(chr(c)) != "Cn" and old.normalize("NFD", chr(c)) != unicodedata.normalize("NFD", chr(c))]
files = {
    "pages": new_pages,
    "old_pages": old_pages,
    "blocks": b"".join(blocks),
    "records": b"".join(records),
    "numbers": struct.pack(f"<{len(numbers)}d", *numbers),
    "decompositions": b"".join(decomposition(unicodedata, c) for c in apart),
    "old_corrections": b"".join(struct.pack("<II", c, ord(old.normalize("NFD", chr(c)))) for c in other),
}
pairs = []
for c in apart:
    words = unicodedata.decomposition(chr(c)).split()
    if len(words) == 2 and unicodedata.normalize("NFC", chr(c)) == chr(c) and not words[0].startswith("<"):
        pairs.append((int(words[0], 16), int(words[1], 16), c))
files["compositions"] = b"".join(struct.pack("<III", *pair) for pair in sorted(pairs))
files["parts"] = struct.pack(f"<{len(parts)}I", *parts)
for name, content in files.items():
    (folder / name).write_bytes(content)
    print(name, len(content))
print(unicodedata.unidata_version)
