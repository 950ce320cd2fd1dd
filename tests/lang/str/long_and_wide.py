# stress: no, hundreds of thousands of polls
"""What looks at a few characters of a long string, or adds a few, does not touch the others, whatever the characters."""

COUNT = 30_000
text = "слово и ещё одно😀 " * (COUNT // 4)
words = position = 0
while (at := text.find(" ", position)) >= 0:
    words += 1
    position = at + 1
    assert text[position - 3 : position + 3 : 2] and text[position - len(text) : 3 : -len(text)] is not None
print(words, position, text.rfind("и", 100, 120), text.index("ё"), text[5:40:7], text[40:5:-7], text[::-90_000])


def grow():
    grown, formatted = "ы", ""
    for _ in range(COUNT):
        grown += "жх"
    for i in range(COUNT // 6):
        formatted = f"{formatted}{i % 10}😀"
    print(len(grown), grown[:3], grown[COUNT], grown[-2:])
    print(len(formatted), formatted[1::4_000], formatted.find("9", 9_991))


grow()

# Strings that share their beginning stay what they were.
stem = "основа " * 40
branches = []
for i in range(300):
    stem += "a" if i % 3 else "ю"
    branches.append((stem, len(stem), stem[-70:], hash(stem)))
    other = stem + "b"
    branches.append((other, len(other), other[-70:], hash(other)))
plain = "x" * 200
for i in range(200):
    plain += "y"
    branches.append((plain, len(plain), plain[-70:], hash(plain)))
wide = plain + "й"
branches.append((wide, 401, wide[-70:], hash(wide)))
for branch, length, end, hashed in branches:
    assert len(branch) == length and branch[length - 70 :] == end
    assert hash("".join(branch)) == hashed and branch.index(end[-1]) <= length - 1
    assert branch[length // 2] == list(branch)[length // 2]
print(len(branches), wide[198:202], wide[-2:], stem[280:290])
