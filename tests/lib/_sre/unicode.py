# Classes of characters, and case.
import _sre
from _code import *

print(_sre.MAGIC, _sre.CODESIZE, _sre.getcodesize(), _sre.MAXREPEAT, _sre.MAXGROUPS, _sre.copyright)
for function in _sre.ascii_iscased, _sre.ascii_tolower, _sre.unicode_iscased, _sre.unicode_tolower:
    print(function.__name__, [function(ord(c)) for c in "aZ1_éÉßẞİıſKΣςǅͅ"], function(-1), function(2**31 - 1), attempt(function, 2**31))
    print(attempt(function, "a"), attempt(function), function(True))
characters = "a_9 \t\n\x0b\x1c\x85\xa0é²½٣५Ⅷ五ʰ\u0301\u200b\u2028\u2029\u3000😀ſK"
for number in range(18):
    print(number, ascii("".join(compiled(in_set([CATEGORY, number])).findall(characters))))
data = bytes(range(256))
for number in range(10):
    print(number, b"".join(compiled(in_set([CATEGORY, number]), pattern=b"?").findall(data)))
for op in LITERAL_IGNORE, LITERAL_UNI_IGNORE, NOT_LITERAL_IGNORE, NOT_LITERAL_UNI_IGNORE:
    for c in "kéσi":
        print(op, c, compiled([op, ord(c)]).findall("kKKéÉσΣςiIİı"))
for op in LITERAL_LOC_IGNORE, NOT_LITERAL_LOC_IGNORE:
    print(op, compiled([op, ord("K")], pattern=b"").findall(b"kK\xe9"), compiled([op, 0xe9], pattern=b"").findall(b"kK\xe9\xc9"))
sets = [[LITERAL, ord("k")], [RANGE_UNI_IGNORE, ord("À"), ord("Ö")], [NEGATE], span("а", "я")]
for op in IN, IN_IGNORE, IN_UNI_IGNORE:
    print(op, ["".join(compiled(in_set(*sets[:n], op=op)).findall("kKKàÀöÖяЯ÷")) for n in range(1, 5)])
words = compiled([AT, 10, *repeat(in_set([CATEGORY, 14]), 1, MOST), AT, 10])
print(words.findall("naïve café—Ωμέγα_1"), compiled([AT, 3, *repeat([NOT_LITERAL, 32], 1, MOST)]).findall("é aé ü"))
print(compiled([AT, 11]).findall(""), compiled([AT, 10]).findall(""), compiled([AT, 4]).findall("a b"))
same = compiled(group(1, repeat([ANY], 1, 3)) + [GROUPREF_UNI_IGNORE, 0], 1)
print(same.search("straßeSTRAẞE"), same.search("éÉ"), same.search("KkK"), same.search("Σς"))
print(compiled(text("é")).search("e\u0301é"), compiled(repeat(text("é"), 2, 3)).findall("éééééé"), compiled(repeat(text("😀"), 0, 2, "?") + text("z")).search("😀😀😀z"))
