# Writes the code of patterns as Lib's re does.
import _sre

FAILURE, SUCCESS, ANY, ANY_ALL, ASSERT, ASSERT_NOT, AT, BRANCH, CATEGORY, CHARSET = range(10)
BIGCHARSET, GROUPREF, GROUPREF_EXISTS, IN, INFO, JUMP, LITERAL, MARK, MAX_UNTIL, MIN_UNTIL = range(10, 20)
NOT_LITERAL, NEGATE, RANGE, REPEAT, REPEAT_ONE, SUBPATTERN, MIN_REPEAT_ONE, ATOMIC_GROUP = range(20, 28)
POSSESSIVE_REPEAT, POSSESSIVE_REPEAT_ONE, GROUPREF_IGNORE, IN_IGNORE, LITERAL_IGNORE = range(28, 33)
NOT_LITERAL_IGNORE, GROUPREF_LOC_IGNORE, IN_LOC_IGNORE, LITERAL_LOC_IGNORE, NOT_LITERAL_LOC_IGNORE = range(33, 38)
GROUPREF_UNI_IGNORE, IN_UNI_IGNORE, LITERAL_UNI_IGNORE, NOT_LITERAL_UNI_IGNORE, RANGE_UNI_IGNORE = range(38, 43)
MOST = _sre.MAXREPEAT


def text(string):
    return [word for c in string for word in (LITERAL, c if isinstance(c, int) else ord(c))]


def in_set(*entries, op=IN):
    body = [word for entry in entries for word in entry] + [FAILURE]
    return [op, len(body) + 1, *body]


def span(low, high):
    return [RANGE, ord(low), ord(high)]


def group(number, body):
    return [MARK, 2 * number - 2, *body, MARK, 2 * number - 1]


def any_of(*arms):
    rest = [FAILURE]
    for arm in reversed(arms):
        rest = [len(arm) + 3, *arm, JUMP, len(rest) + 1, *rest]
    return [BRANCH, *rest]


def is_one(body):
    op = body[0] if body else None
    if op in (ANY, ANY_ALL):
        return len(body) == 1
    return op in (LITERAL, NOT_LITERAL, LITERAL_UNI_IGNORE) and len(body) == 2 or op == IN and len(body) == body[1] + 1


# `kind` is "" for as often as possible, "?" for as rarely, "+" for never giving back.
def repeat(body, least, most, kind=""):
    if is_one(body):
        op = {"": REPEAT_ONE, "?": MIN_REPEAT_ONE, "+": POSSESSIVE_REPEAT_ONE}[kind]
        return [op, len(body) + 4, least, most, *body, SUCCESS]
    op, end = {"": (REPEAT, MAX_UNTIL), "?": (REPEAT, MIN_UNTIL), "+": (POSSESSIVE_REPEAT, SUCCESS)}[kind]
    return [op, len(body) + 3, least, most, *body, end]


def atomic(body):
    return [ATOMIC_GROUP, len(body) + 2, *body, SUCCESS]


def look(body, back=0, op=ASSERT):
    return [op, len(body) + 3, back, *body, SUCCESS]


def if_group(number, yes, no=None):
    if no is None:
        return [GROUPREF_EXISTS, number - 1, len(yes) + 2, *yes]
    return [GROUPREF_EXISTS, number - 1, len(yes) + 4, *yes, JUMP, len(no) + 1, *no]


def compiled(body, groups=0, names={}, pattern="?", flags=32):
    index = [None] * (groups + 1)
    for name, number in names.items():
        index[number] = name
    return _sre.compile(pattern, flags, [*body, SUCCESS], groups, names, tuple(index))


def attempt(function, *arguments, **named):
    try:
        return function(*arguments, **named)
    except Exception as error:
        return type(error).__name__, str(error)
