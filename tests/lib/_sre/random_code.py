# Patterns and subjects at random: every way to match finds the same.
from _code import *

state = 20260728


def below(count):
    global state
    state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
    return (state >> 33) % count


def pick(values):
    return values[below(len(values))]


word, digit = [CATEGORY, 14], [CATEGORY, 10]
ATOMS = [
    text("a"), text("b"), text("é"), text("ab"), [ANY], [ANY_ALL], in_set(word), in_set(digit, span("a", "b")), [AT, 0],
    in_set([NEGATE], [LITERAL, 97]), [AT, 5], [AT, 10], [AT, 11], [NOT_LITERAL, 98], [LITERAL_UNI_IGNORE, 233], text("1"),
    in_set([NEGATE], word), [AT, 1], [AT, 6],
]


def atom(depth, groups):
    kind = below(15) if depth else 0
    if kind < 6:
        return pick(ATOMS)
    if kind < 9:
        groups.append(None)
        number = len(groups)
        return group(number, alternatives(depth - 1, groups))
    if kind == 9:
        return look(alternatives(depth - 1, groups), op=pick([ASSERT, ASSERT_NOT]))
    if kind == 10:
        return look(pick(ATOMS[:3]), 1, pick([ASSERT, ASSERT_NOT]))
    if kind == 11:
        return atomic(alternatives(depth - 1, groups))
    if kind == 12 and groups:
        return [pick([GROUPREF, GROUPREF_UNI_IGNORE]), below(len(groups))]
    if kind == 13 and groups:
        return if_group(1 + below(len(groups)), sequence(depth - 1, groups), sequence(depth - 1, groups))
    return alternatives(depth - 1, groups)


BOUNDS = [(0, MOST), (1, MOST), (0, 1), (2, 2), (1, 3), (2, MOST)]


def sequence(depth, groups):
    body = []
    for _ in range(below(4)):
        part = atom(depth, groups)
        if below(5) < 2 and part and part[0] != AT:
            part = repeat(part, *pick(BOUNDS), pick(["", "", "?", "+"]))
        body += part
    return body


def alternatives(depth, groups):
    arms = [sequence(depth, groups)]
    while below(3) == 0:
        arms.append(sequence(depth, groups))
    return arms[0] if len(arms) == 1 else any_of(*arms)


def show(match):
    return match and (match.regs, match.lastindex)


for case in range(110):
    groups = []
    pattern = compiled(alternatives(3, groups), len(groups))
    for _ in range(2):
        subject = "".join(pick("aabbéÉ1 \n") for _ in range(below(9)))
        print(case, ascii(subject), show(pattern.match(subject)), show(pattern.search(subject)), show(pattern.fullmatch(subject)))
        print([match.span() for match in pattern.finditer(subject, 1, 6)], pattern.subn("-", subject, 2), pattern.split(subject))
