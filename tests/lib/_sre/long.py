# Long subjects: neither the depth of nesting nor the length of the text uses up anything that is short.
from _code import *

subject = "ab" * 50_000 + "é"
for body in (
    repeat(any_of(text("a"), text("b")), 0, MOST), repeat(group(1, any_of(text("ab"), text("é"))), 0, MOST),
    repeat([ANY], 0, MOST, "?") + text("é"), repeat(repeat(text("ab"), 1, MOST), 1, MOST), repeat(text("ab"), 0, MOST, "+"),
    repeat(in_set(span("a", "b")), 0, MOST) + text("é"), repeat(group(1, [ANY]), 0, MOST, "?") + text("é") + [AT, 7],
):
    match = compiled(body, 1).match(subject)
    print(match and match.regs)
deep = text("x")
for _ in range(60):
    deep = repeat(any_of(deep, text("y")), 0, 1)
print(compiled(deep).match("x"), compiled(deep).fullmatch("z"))
short = "ab" * 300
print(compiled(repeat([ANY], 0, MOST) + text("ba") + repeat([ANY], 0, MOST) + text("aé")).search(short))
print(len(compiled(text("b")).findall(subject)), len(compiled(text("b")).sub("", subject)), len(compiled(text("b")).split(subject)))
words = any_of(*(text("word%d" % number) for number in range(500)))
print(compiled(group(1, words), 1).findall("word7 word77 word499, word5000 wor word"))
