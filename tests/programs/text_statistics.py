"""Counting words and letters, and printing a table of them."""

from collections import Counter

TEXT = """
It was the best of times, it was the worst of times, it was the age of wisdom,
it was the age of foolishness, it was the epoch of belief, it was the epoch of
incredulity, it was the season of Light, it was the season of Darkness.
"""


def words(text):
    for line in text.splitlines():
        for word in line.split():
            word = word.strip(".,;:!?'\"").lower()
            if word:
                yield word


counts = Counter(words(TEXT))
print(f"{'word':<12}|{'count':>6}|{'share':>8}")
print("-" * 12 + "+" + "-" * 6 + "+" + "-" * 8)
total = sum(counts.values())
for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:8]:
    print(f"{word:<12}|{count:>6}|{count / total:>8.2%}")
lengths = {}
for word in counts:
    lengths.setdefault(len(word), []).append(word)
for length in sorted(lengths):
    print(length, sorted(lengths[length]))
letters = Counter(c for c in TEXT.lower() if c.isalpha())
top = letters.most_common(5)
print(top)
for letter, count in top:
    print(letter, "*" * (count * 40 // top[0][1]))
print(max(counts, key=lambda w: (len(w), w)), sum(len(w) * n for w, n in counts.items()) / total)
title = " ".join(w.capitalize() for w in list(words(TEXT))[:6])
print(title, title.swapcase(), title[::-1], title.center(40, "~"), sep="\n")
