# Sizes that no memory holds are exceptions, and the script goes on.
import itertools
import os
import random
from collections import deque
from itertools import repeat

huge = 10**13


def grown_list():
    grown = []
    grown.extend(range(10**18))


def grown_in_place():
    grown = []
    grown += range(10**18)


def unpacked():
    first, *rest = range(10**18)


class Liar:
    def __len__(self):
        return 10**18

    def __iter__(self):
        return iter("abc")


class Hinted:
    def __init__(self, hint):
        self.hint = hint

    def __length_hint__(self):
        if isinstance(self.hint, Exception):
            raise self.hint
        return self.hint

    def __iter__(self):
        return iter("abc")


for what in [
    lambda: "a\t".expandtabs(huge),
    lambda: "%*d" % (huge, 1),
    lambda: "%.*f" % (huge, 1.0),
    lambda: "%99999999999999999999d" % 1,
    lambda: "%.99999999999d" % 1,
    lambda: b"%*d" % (huge, 1),
    lambda: itertools.product(range(10), repeat=huge),
    lambda: itertools.combinations_with_replacement("ab", huge),
    lambda: itertools.tee([], huge),
    lambda: (1).to_bytes(huge, "big"),
    lambda: list(range(10**18)),
    lambda: sorted(range(10**18)),
    lambda: [*range(10**18)],
    grown_list,
    grown_in_place,
    unpacked,
    lambda: list(repeat(1, huge)),
    lambda: list(Liar()),
    lambda: list(Hinted(10**18)),
    lambda: list(Hinted(3)),
    lambda: list(Hinted(-3)),
    lambda: list(Hinted("3")),
    lambda: list(Hinted(NotImplemented)),
    lambda: list(Hinted(TypeError("ignored"))),
    lambda: list(Hinted(ValueError("passed on"))),
    lambda: "x" * huge,
    lambda: "ab" * 2**62,
    lambda: b"ab" * 2**62,
    lambda: [1, 2] * 2**62,
    lambda: (1, 2) * huge,
    lambda: bytes(huge),
    lambda: bytes(2**63),
    lambda: bytearray(huge),
    lambda: bytearray(b"x") * huge,
    lambda: "a".ljust(huge),
    lambda: "-1".zfill(huge),
    lambda: b"a".center(huge),
    lambda: format("a", "10000000000000"),
    lambda: format(1, "10000000000000"),
    lambda: f"{1.5:>10000000000000}",
    lambda: 1 << 10**14,
    lambda: 1 << 2**64,
    lambda: os.urandom(huge),
    lambda: random.getrandbits(10**14),
    lambda: deque(maxlen=2**64),
    lambda: deque(maxlen=-1),
]:
    try:
        print(what())
    except Exception as error:
        print(type(error).__name__, error)
