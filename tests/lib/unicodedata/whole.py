"""The whole database in both versions, as checksums of what it says of 4096 characters each."""
import unicodedata
import zlib


def facts(ucd, c):
    return (ucd.category(c), ucd.bidirectional(c), ucd.combining(c), ucd.mirrored(c), ucd.east_asian_width(c),
            ucd.decomposition(c), ucd.decimal(c, None), ucd.digit(c, None), ucd.numeric(c, None))


for ucd in (unicodedata, unicodedata.ucd_3_2_0):
    for start in (*range(0, 0x20000, 4096), 0x2F000, 0x30000, 0x31000, 0xE0000, 0xF0000, 0x10F000):
        total = names = forms = 0
        for number in range(start, start + 4096):
            # Surrogates, and what stands for them in Argil.
            if 0xD800 <= number < 0xE000 or 0x10F000 <= number < 0x10F800:
                continue
            c = chr(number)
            total = zlib.crc32(repr(facts(ucd, c)).encode(), total)
            names = zlib.crc32(repr(ucd.name(c, None)).encode(), names)
            if number & 3 == 0:
                for form in ("NFC", "NFD", "NFKC", "NFKD"):
                    forms = zlib.crc32(ucd.normalize(form, "a" + c + "\u0323\u0301").encode(), forms)
        print(ucd.unidata_version, hex(start), total, names, forms)
