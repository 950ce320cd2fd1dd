# What a pattern is and says.
import copy
from _code import *

digits = repeat(in_set([CATEGORY, 10]), 1, MOST)
names = {"key": 1, "value": 2}
pattern = compiled(group(1, repeat(in_set([CATEGORY, 14]), 1, MOST)) + text("=") + group(2, digits), 2, names, "(?P<key>…)")
kind = type(pattern)
print(kind, kind.__module__, kind.__qualname__, kind.__doc__, pattern)
print(pattern.pattern, pattern.flags, pattern.groups, pattern.groupindex, type(pattern.groupindex).__name__)
print([name for name in dir(kind) if name[0] != "_"])
print(compiled([]).groupindex, kind[str], attempt(kind), attempt(lambda: type("Sub", (kind,), {})))
print(attempt(setattr, pattern, "flags", 1)[0], attempt(lambda: pattern < pattern))
print(copy.copy(pattern) is pattern, copy.deepcopy(pattern) is pattern)

for flags in 0, 2, 2 | 4, 32, 34, 32 | 256, 8 | 16 | 64 | 128, 1, -1, 1024 | 2, 2**31 - 1:
    print(flags, compiled([], flags=flags), compiled([], pattern=b"?", flags=flags), compiled([], pattern=None, flags=flags))
print(compiled([], pattern="x" * 300))

same, other = (compiled(text("a"), pattern=p) for p in ("?", "!"))
print(same == compiled(text("a")), hash(same) == hash(compiled(text("a"))), same != compiled(text("a")), same == other)
print(same == compiled(text("b")), same == compiled(text("a"), flags=34), same == compiled(text("a"), pattern=b"?"), same == 1)

for call in (
    lambda: pattern.match(), lambda: pattern.match(1), lambda: pattern.match(b"a"), lambda: pattern.match("a", "b"),
    lambda: pattern.match("a", 2**70), lambda: pattern.search("a", string="b"), lambda: compiled([], pattern=b"").match(""),
    lambda: pattern.findall(), lambda: pattern.split("a", 1, 2), lambda: pattern.sub("a"), lambda: pattern.fullmatch(None),
    lambda: compiled([], pattern=1), lambda: pattern.scanner([]), lambda: pattern.finditer(1), lambda: pattern.sub("", 1),
):
    print(attempt(call))

line = "a=1, bc=22, дом=3"
print(pattern.findall(line), pattern.findall(line, 4), pattern.findall(line, 4, 9), pattern.findall(line, -5, 100))
print(compiled(digits).findall(line), compiled(group(1, digits), 1).findall(line), compiled(digits).split(line))
print(compiled(group(1, text(",")) + repeat(text(" "), 0, MOST), 1).split(line), compiled(text(",")).split(line, maxsplit=1))
print(compiled([]).split("aé"), compiled([]).findall("aé"), compiled(text("a")).split(""), compiled(text("a")).split("b", -1))
both = compiled(text("a"), pattern=None)
print(both.search("é a"), both.search(b"\xff a"), both.search(bytearray(b"..a")), both.search(memoryview(b"a..a")[1:]))
print(both.findall(bytearray(b"aba")), both.split(memoryview(b"1a2")), compiled(text("é"), pattern=None).search(b"\xe9"))
print(type(pattern.finditer(line)).__name__, [match.span() for match in pattern.finditer(line, endpos=6)])
