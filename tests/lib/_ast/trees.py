"""What texts become."""
from _dump import show

show("""def f[T: int = str, *Ts, **P](a, /, b: int = 1, *c, d, e=2, **g) -> int:
    'doc'
    return a
""")
show("""@deco
async def f():
    async for x, *y in z: await x
    async with a as b, c: yield
    return [i async for i in j if k]
""")
show("class A(B, metaclass=C, **d):\n  x: int\n  (y): int = 3\n  z.a: int\n")
show("for a in b:\n  break\nelse:\n  continue\nwhile 1: pass\nif a: b\nelif c: d\nelse: e\n")
show("try: a\nexcept B: c\nexcept (D, E) as f: g\nelse: h\nfinally: i\n")
show("try: a\nexcept* B as b: c\n")
show("with (a as b, c): d\n")
show("import a.b as c, d\nfrom . import e\nfrom ..f import g as h, i\nfrom j import *\n")
show("global a, b\nnonlocal c\ndel a, b[c], (d, [e])\nraise\nraise a from b\nassert a, b\n")
show("type X[T] = list[T]\na = b = c\na, *b = c\na += 1\n")
show("""match x:
    case 1 | -2.5 | 1+2j | "a" "b" | b"c" | None | True: pass
    case [a, *_, 3] | (b, *c) if d: pass
    case {"k": v, a.b: 1, **rest}: pass
    case A.B(1, x, y=2, z=[]): pass
    case _ as whole: pass
    case _: pass
""")
show("lambda a, /, *b, c=1, **d: (yield a)")
show("a if b else c or d and not e")
show("a < b <= c is not d not in e")
show("f(a, *b, c=d, **e)(x for x in y)[1:2, ::3, ...][*z]")
show("{1: 2, **a}, {1, *b}, {k: v for k, v in z}, {s for s in t}, ()")
show("(a := 1) + -b ** ~c @ d // e % f << g >> h & i | j ^ k")
show("u'a' 'b', 'a' u'b', b'a' b'b', 1_000, 0xff, 99999999999999999999999, 1.5, 2j, 1e999")
show("ä = 'ü' + ö  # two bytes each")
show("a + b", "eval")
show("(int, *str, **x) -> y", "func_type")
show("x; y", "single")
show("if x:\n  y\n", "single")
