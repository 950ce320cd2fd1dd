# Code that is nothing that a pattern compiles to is refused.
import _sre
from _code import *

good = {
    "text": text("ab"), "set": in_set([NEGATE], span("a", "z")), "branch": any_of(text("a"), text("b")),
    "repeat": repeat(text("ab"), 1, 2), "one": repeat(text("a"), 0, MOST, "?"), "group": group(1, [ANY]),
    "look": look(text("a"), 1), "atomic": atomic(text("a")), "if": if_group(1, text("a"), text("b")), "back": [GROUPREF, 0],
    "possessive": repeat(text("ab"), 0, 1, "+"), "info": [INFO, 4, 0, 1, 1], "at": [AT, 3], "bits": in_set([CHARSET] + [5] * 8),
    "prefix": [INFO, 9, 1, 1, 1, 1, 1, 97, 0], "first": [INFO, 7, 4, 1, 1, LITERAL, 97, FAILURE],
    "big": in_set([BIGCHARSET, 1] + [0] * 64 + [7] * 8),
}


def accepted(code, groups=1):
    try:
        _sre.compile("?", 0, code, groups, {}, ())
        return "."
    except RuntimeError as error:
        assert str(error) == "invalid SRE code"
        return "x"


for name, body in good.items():
    code = [*body, SUCCESS]
    print(name, accepted(code), accepted(body), accepted(code, 0), accepted(code, -1), accepted(code, 2**31))
    # Skips of 0 to 2 are left out: some make CPython read beyond the code.
    for place in range(min(len(code), 12)):
        changed = [code[:place] + [word] + code[place + 1:] for word in (3, 4, 5, 9, 44, 2**31, 2**32 - 1)]
        print("", place, "".join(map(accepted, changed)), accepted(code[:place] + code[place + 1:]) if name != "text" else "")

for code in [], [1], [0], [1, 1], [2], [INFO]:
    print(code, accepted(code))
for arguments in (
    ("?", 0, [1.5], 0, {}, ()), ("?", 0, [-1], 0, {}, ()), ("?", 0, [2**32], 0, {}, ()), ("?", 0, [2**64], 0, {}, ()),
    ("?", 0, (1,), 0, {}, ()), ("?", 0, [1], "0", {}, ()), ("?", 2**40, [1], 0, {}, ()), ("?", 0, [1], 0, [], ()),
    ("?", 0, [1], 0, {}, []), ("?", 0, [1]), (1, 0, [1], 0, {}, ()), ("?", 0, [1], 2**70, {}, ()), ("?", 0, [-(2**70)], 0, {}, ()),
):
    print(attempt(_sre.compile, *arguments))

# A group that ends before it begins, and one that is only begun.
backwards = compiled([MARK, 1, ANY, MARK, 0], 1)
print(attempt(backwards.match, "ab"), attempt(backwards.findall, "ab"), compiled([MARK, 0, ANY], 1).match("ab").regs)
