# Whatever takes an integer takes anything with __index__; whatever takes a float, anything with __float__ or __index__.
import bisect
import collections
import itertools
import math
import operator
import random


class Two:
    def __index__(self):
        return 2


class Half:
    def __float__(self):
        return 0.5


class Wrong:
    def __index__(self):
        return "2"

    def __float__(self):
        return 1


class Raises:
    def __index__(self):
        raise LookupError("index")

    def __float__(self):
        raise LookupError("float")


class No:
    def __bool__(self):
        return False


def show(f, *args):
    try:
        return repr(f(*args))
    except Exception as error:
        return f"{type(error).__name__}: {error}"


b = bytearray(b"abcabc")
takes_integers = {
    "insert": lambda n: (l := [1, 2, 3]).insert(n, 9) or l, "pop": lambda n: [1, 2, 3].pop(n), "index": lambda n: [2, 2, 2].index(2, n),
    "index end": lambda n: (2, 1, 2).index(1, 0, n), "list *": lambda n: [1] * n, "* tuple": lambda n: n * (1,), "str *": lambda n: "ab" * n,
    "bytes *": lambda n: b"ab" * n, "bytearray *": lambda n: bytearray(b"ab") * n, "getitem": lambda n: [1, 2, 3][n], "slice": lambda n: "abcdef"[n:],
    "step": lambda n: "abcdef"[::n], "setitem": lambda n: operator.setitem(l := [1, 2, 3], n, 0) or l, "delitem": lambda n: operator.delitem(l := [1, 2, 3], n) or l,
    "find": lambda n: "abcabc".find("b", n), "rfind": lambda n: "abcabc".rfind("b", 0, n), "str.index": lambda n: "abcabc".index("a", n),
    "count": lambda n: "abcabc".count("b", n), "startswith": lambda n: "abcabc".startswith("c", n), "endswith": lambda n: "abcabc".endswith("b", 0, n),
    "center": lambda n: "a".center(n, "*"), "ljust": lambda n: "a".ljust(n), "rjust": lambda n: "a".rjust(n), "zfill": lambda n: "1".zfill(n),
    "expandtabs": lambda n: "a\tb".expandtabs(n), "split": lambda n: "a b c d".split(" ", n), "rsplit": lambda n: "a b c d".rsplit(None, n),
    "replace": lambda n: "aaaa".replace("a", "b", n), "%d": lambda n: "%d" % n, "%c": lambda n: "%c" % n, "%x": lambda n: "%x" % n, "%*d": lambda n: "%*d" % (n, 1),
    "bytes.find": lambda n: b"abcabc".find(b"b", n), "bytes.find byte": lambda n: b"a\2".find(n), "bytes.count": lambda n: b"abcabc".count(b"b", n),
    "bytes.split": lambda n: b"a b c d".split(b" ", n), "bytes.center": lambda n: b"a".center(n), "bytes.replace": lambda n: b"aaaa".replace(b"a", b"b", n),
    "bytes.startswith": lambda n: b"abc".startswith(b"c", n), "bytes.hex": lambda n: b"abcd".hex(":", n), "in bytes": lambda n: n in b"a\2", "bytes()": lambda n: bytes(n), "bytearray()": lambda n: bytearray(n),
    "append": lambda n: (a := bytearray()).append(n) or a, "bytearray.insert": lambda n: (a := bytearray(3)).insert(n, n) or a, "bytearray.pop": lambda n: bytearray(b"abc").pop(n),
    "bytearray setitem": lambda n: operator.setitem(a := bytearray(3), n, n) or a, "bytes([])": lambda n: bytes([n, n]), "memoryview": lambda n: memoryview(b"abc")[n],
    "chr": lambda n: chr(n), "bin": lambda n: bin(n), "hex": lambda n: hex(n), "oct": lambda n: oct(n), "round": lambda n: round(1.256, n), "int.round": lambda n: round(1256, n), "range": lambda n: range(n), "range 3": lambda n: range(0, 9, n),
    "range[]": lambda n: range(9)[n], "range slice": lambda n: range(9)[n:], "int base": lambda n: int("11", n), "int()": lambda n: int(n), "float()": lambda n: float(n), "complex()": lambda n: complex(n), "to_bytes": lambda n: (5).to_bytes(n, "big"),
    "sum": lambda n: sum([[1]], start=[n]) and 0, "enumerate": lambda n: list(enumerate("ab", n)), "slice.indices": lambda n: slice(None).indices(n), "format width": lambda n: f"{1:{operator.index(n)}}",
    "factorial": lambda n: math.factorial(n), "gcd": lambda n: math.gcd(n, 4), "lcm": lambda n: math.lcm(3, n), "comb": lambda n: math.comb(4, n), "perm": lambda n: math.perm(4, n), "isqrt": lambda n: math.isqrt(n), "ldexp": lambda n: math.ldexp(1.0, n),
    "nextafter": lambda n: math.nextafter(0.0, 1.0, steps=n), "islice": lambda n: list(itertools.islice("abc", n)), "repeat": lambda n: list(itertools.repeat(1, n)), "combinations": lambda n: list(itertools.combinations("abc", n)),
    "permutations": lambda n: list(itertools.permutations("abc", n)), "product": lambda n: list(itertools.product("ab", repeat=n)), "batched": lambda n: list(itertools.batched("abc", n)), "tee": lambda n: len(itertools.tee([], n)), "count": lambda n: [next(c) for c in [itertools.count(n)]] and 0,
    "replacement": lambda n: list(itertools.combinations_with_replacement("ab", n)), "deque[]": lambda n: collections.deque("abc")[n], "rotate": lambda n: (d := collections.deque("abc")).rotate(n) or d, "deque.insert": lambda n: (d := collections.deque("abc")).insert(n, "x") or d,
    "deque.index": lambda n: collections.deque("abcabc").index("c", n), "deque *": lambda n: collections.deque("ab") * n, "maxlen": lambda n: collections.deque("abc", maxlen=n), "bisect": lambda n: bisect.bisect([1, 2, 3], 1, n),
    "getrandbits": lambda n: random.getrandbits(n) < 4, "randrange": lambda n: random.randrange(n) < 2, "randint": lambda n: random.randint(n, n), "index()": lambda n: operator.index(n), "length_hint": lambda n: operator.length_hint(3, n), "<<": lambda n: operator.lshift(1, n), "pow": lambda n: pow(2, n),
}
for name, f in takes_integers.items():
    print(name, show(f, Two()), show(f, Wrong()), show(f, Raises()), show(f, 2.0), show(f, None), sep=" | ")
takes_floats = [
    "fabs", "isnan", "isfinite", "isinf", "gamma", "lgamma", "erf", "modf", "frexp", "ulp", "hypot", "sqrt", "exp", "exp2", "expm1", "log", "log2", "log10", "log1p", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh",
    "asinh", "degrees", "radians",
]
for name in takes_floats:
    f = getattr(math, name)
    print(name, [show(f, x) for x in (Half(), Two(), Wrong(), Raises(), "x")][:5])
for name in ("fmod", "copysign", "remainder", "isclose", "nextafter", "atan2", "pow", "hypot"):
    f = getattr(math, name)
    print(name, show(f, Half(), Two()), show(f, Two(), Half()), show(f, 1.0, Wrong()), show(f, 1, Raises()), show(f, "x", 1.0))
print(show(math.fma, Half(), Two(), True), show(math.ldexp, Half(), 3), show(math.fsum, [Half(), Two()]), show(math.dist, [Half()], [Two()]), show(math.sumprod, [Half()], [2]))
print(sorted([1, 3, 2], reverse=No()), "a\nb".splitlines(No()), (5).to_bytes(2, "big", signed=No()))
for n in (2**63, -2**63 - 1, 2**100):
    print(n, show([1].pop, n), show("a".ljust, n), show("a".find, "a", n), show("a\tb".expandtabs, n), show("aa".replace, "a", "b", n), show(range, n), show([1].insert, n, 1), show("a b".split, " ", n), show(chr, n))
