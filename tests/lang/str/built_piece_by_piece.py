# stress: no, hundreds of thousands of polls
"""Text built piece by piece: in a local, an attribute, a global, a list item, and bytes."""

g = ""


class Buf:
    def __init__(self):
        self.s = ""


def local(n):
    s = ""
    for i in range(n):
        s += "abcdefgh"
    return len(s)


def attribute(n):
    b = Buf()
    for i in range(n):
        b.s += "abcdefgh"
    return len(b.s)


def glob(n):
    global g
    g = ""
    for i in range(n):
        g += "abcdefgh"
    return len(g)


def item(n):
    l = [""]
    for i in range(n):
        l[0] += "abcdefgh"
    return len(l[0])


def octets(n):
    s = b""
    for i in range(n):
        s += b"abcdefgh"
    return len(s)


def front(n):
    s = ""
    for i in range(n):
        s = "abcdefgh" + s
    return len(s)


def plus(n):
    s = ""
    for i in range(n):
        s = s + "abc" + "defgh"
    return len(s)


def fstring(n):
    s = ""
    for i in range(n):
        s = f"{s}abcdefgh"
    return len(s)


def tup(n):
    s = ()
    for i in range(n // 10):
        s += (i,)
    return len(s)


for build in (local, attribute, glob, item, octets, front, plus, fstring, tup):
    print(build.__name__, build(4_000), build(16_000))
