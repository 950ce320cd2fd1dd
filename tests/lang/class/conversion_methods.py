class N:
    def __int__(self):
        return 42

    def __float__(self):
        return 4.5

    def __index__(self):
        return 3

    def __bool__(self):
        return False

    def __str__(self):
        return "str"

    def __repr__(self):
        return "repr"

    def __hash__(self):
        return 7

    def __round__(self, n=None):
        return f"round {n}"

    def __trunc__(self):
        return "trunc"

    def __floor__(self):
        return "floor"

    def __ceil__(self):
        return "ceil"

    def __bytes__(self):
        return b"bytes"


n = N()
import math

print(
    int(n),
    float(n),
    [10, 20, 30, 40][n],
    bool(n),
    not n,
    str(n),
    repr(n),
    [n],
    hash(n),
    round(n),
    round(n, 2),
    math.trunc(n),
    math.floor(n),
    math.ceil(n),
    bytes(n),
)
print(
    hex(n),
    bin(n),
    range(n),
    "ab" * n,
    list(range(10))[n:],
    chr(n) == "\x03",
    "yes" if n else "no",
    f"{n}",
    f"{n!r}",
    "%s %r %d" % (n, n, n),
    math.sqrt(n),
)


class OnlyRepr:
    def __repr__(self):
        return "only repr"


class OnlyStr:
    def __str__(self):
        return "only str"


print(
    OnlyRepr(),
    str(OnlyRepr()),
    [OnlyRepr()],
    OnlyStr(),
    repr(OnlyStr()).startswith("<__main__.OnlyStr object at 0x"),
)


class Bad:
    def __str__(self):
        return 5

    def __repr__(self):
        return None

    def __int__(self):
        return "x"

    def __bool__(self):
        return 1

    def __hash__(self):
        return "h"

    def __index__(self):
        return 1.5

    def __float__(self):
        return 1


b = Bad()
for f in (
    lambda: str(b),
    lambda: repr(b),
    lambda: int(b),
    lambda: bool(b),
    lambda: hash(b),
    lambda: [1][b],
    lambda: float(b),
    lambda: print(b),
    lambda: f"{b}",
    lambda: int(OnlyStr()),
    lambda: float(OnlyStr()),
    lambda: [1][OnlyStr()],
):
    try:
        f()
    except TypeError as error:
        print(error)
