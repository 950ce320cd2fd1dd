"""Bytes and strings that share what they have in common stay what they were, at whichever end others grow."""


def grow(piece, other):
    text, kept = piece, []
    for i in range(400):
        text = text + piece if i % 50 < 25 else piece + text
        kept.append((text, len(text), text[:3], text[-3:], hash(text)))
        sideways = text + other if i % 2 else other + text
        kept.append((sideways, len(sideways), sideways[:3], sideways[-3:], hash(sideways)))
    for text, length, start, end, hashed in kept:
        assert len(text) == length and text[:3] == start and text[-3:] == end
        assert hash(piece[:0].join([text])) == hashed and text.count(other) < 2
    print(len(kept), kept[-1][1:4], kept[-2][1:4], text == kept[-2][0] + other)


grow(b"ab", b"cd")
grow("ab", "cd")
grow("жы", "юя")
grow("ab", "юя")

framed = ""
for i in range(300):
    framed = f"{i % 7}-{framed}" if i % 3 else f"{framed}+{i % 5}"
print(len(framed), framed[:20], framed[-20:])
