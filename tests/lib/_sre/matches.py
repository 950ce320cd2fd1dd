# What a match is and says.
import copy
from _code import *

word = in_set([CATEGORY, 14])
names = {"first": 1, "third": 3}
body = group(1, repeat(word, 1, MOST)) + group(2, repeat(text("!"), 1, 1)) + repeat(group(3, text("é")), 0, 1)
pattern = compiled(body, 3, names)
for subject in "¿ça va!", "¿ça va!é", "é va!", "aé!é" * 40:
    match = pattern.search(subject, 1, 90)
    print(match, bool(match))
    print(match.group(), match.group(0), match.group(1, 2, "third"), match[1], match["first"], match.groups(), match.groups(0))
    print(match.groupdict(), match.groupdict("no"), match.start(), match.end("first"), match.span(3), match.regs)
    print(match.lastindex, match.lastgroup, match.pos, match.endpos, match.re is pattern, match.string is subject)
    print(match.regs is match.regs, copy.copy(match) is match, copy.deepcopy(match) is match)
kind = type(match)
print(kind, kind.__doc__, kind[bytes], attempt(kind), [name for name in dir(kind) if name[0] != "_"])


class Index:
    def __index__(self):
        return 1


class Text(str):
    pass


for group_of in Index(), True, Text("first"), 2**70, -1, 4, "second", 1.0, None, b"first", [], -(2**70):
    print(attempt(match.group, group_of), attempt(match.start, group_of), attempt(lambda: match[group_of]))
for call in (
    lambda: match.start(1, 2), lambda: match.groups(1, 2), lambda: match.groupdict(default=1, x=2), lambda: match.group(0, 9),
    lambda: match.span(group=1), lambda: compiled([]).match("")["a"], lambda: len(match),
    lambda: match.groups(default=7), lambda: match.expand(),
):
    print(attempt(call))
print(compiled([]).match("").lastgroup, compiled(group(1, []), 1).match("").lastgroup)

# Bytes that change after the match was found.
array = bytearray(b"..abc..")
match = compiled(text("abc"), pattern=None).search(array)
array[:] = b"..xbcd"
print(match, match.string is array)
array[:] = b"..x"
print(match, match.group(), match.span())
whole = compiled(repeat([ANY_ALL], 0, MOST), pattern=None)
for subject in "all", b"all", Text("all"), bytearray(b"all"):
    found = whole.match(subject)[0]
    print(type(found).__name__, found is subject)
