# What the compiler finds out about names, through Lib's symtable.
import _symtable
import symtable

FLAGS = [(name, getattr(_symtable, name)) for name in sorted(vars(_symtable)) if name == "USE" or name.startswith("DEF_")]
MEANINGS = {getattr(_symtable, name): name for name in ("LOCAL", "GLOBAL_EXPLICIT", "GLOBAL_IMPLICIT", "FREE", "CELL")}


def show(table, depth=0):
    pad = "  " * depth
    print(pad, table.type, table.name, "line", table.lineno, "nested", table.nested, table.varnames)
    for name, used in sorted(table.symbols.items()) if depth > 9 else table.symbols.items():
        words = [flag for flag, bit in FLAGS if flag != "DEF_BOUND" and used & bit]
        print(pad, "   ", name, MEANINGS[used >> _symtable.SCOPE_OFF], *words)
    for child in table.children:
        show(child, depth + 1)


SOURCES = [
    """
import a.b, c as d
from e import f as g, h
x: int = 1
def fn(p, *q, r=1, **s) -> int:
    global gl
    y = x
    def inner():
        nonlocal y
        y = p
        return lambda z=1: z+y
    del y
    return [i+y for i in p if i]
class C[T: int = str](B, m=M):
    v: T
    w = 1
    __priv = 2
    def m(self): return super().m(), __class__, w
    l = [w for w in q for o in w]
    def gen[U](self, u: U): pass
type A[X, *Y, **Z] = X | x
""",
    """
def nothing(): pass
def g(a: int): pass
""",
    """
from __future__ import annotations
def g(a: int): pass
x: a
class D:
    y: b
    if y:
        z: c
""",
    """
class K:
    def f(self): return x
    x = 1
    y = [lambda: x for x in y]
    type Q = x
    type Q2[V] = [x for x in y]
""",
    """
def f(a):
    try: pass
    except E as e: pass
    with a as b, c: pass
    for q in [j for j in (k for k in a)]: (n := 1)
    match a:
        case {"x": z, **rest}: pass
        case [s, *t]: pass
        case W(u) as v: pass
    return [(w := n) for n in a], {n: 1 for n in n}, {1 for _ in ()}
async def h(): 
    x.y = 1
    x[a] = 1
    (yy): int = 1
    zz.a : int
    return [await z async for z in y]
""",
    """
def f():
    x = 1
    class C:
        x = x
        def g(self):
            return x
        z = [x for _ in range(3)]
        zz = [lambda: _ for _ in range(3)]
    return [lambda: q for q in x]
""",
    """\
[lambda: x for x in y]
class A:
    if p:
        q: int
    def m(self, a): a = 1; return [a for _ in ()]
def f(a: int, *, k=1):
    def g[T](b=1, *, c=2): return [a for _ in ()]
    [lambda: a for a in b]
    return k
@deco
class B[T](X):
    pass
class C[T, U]:
    def f[V](self): return T
    type J = T
    class D[Q](T): pass
x: [i for i in z]
def gg():
    return [[a for b in c] for d in e]
class H:
    a: int
    def f(self): return __class__
    b = [__class__ for x in y]
""",
    """\
class Z:
    v=1
    r=[v for q in ()]
v = 1
[v for q in ()]
u = 2
[[u for r in q] for q in ()]
def gen[T](a): pass
def gen2[T](a, *, k): pass
def h():
    a: int
    def i(): pass
    b: int
    t = 0
    [t for t in (t for t in s)]
    x += y
    for q in l: pass
    with a as z: pass
lambda: (yield)
""",
]
for source in SOURCES:
    show(_symtable.symtable(source, "file", "exec"))
show(_symtable.symtable("[x for x in (lambda: y)]", "file", "eval"))
show(_symtable.symtable("q = 1", "file", "single"))

for args in [("x", "f", "bad"), (1, "f", "exec"), ("x", 1, "exec"), ("x\0", "f", "exec"), ("nonlocal x", "f", "exec")]:
    try:
        _symtable.symtable(*args)
    except Exception as error:
        print(type(error).__name__, error)

top = symtable.symtable("def f(a, *b):\n    global g\n    def inner(): return a\nclass C:\n    def m(self): pass\n", "file", "exec")
f = top.lookup("f").get_namespace()
print(top, f, f.get_parameters(), f.get_locals(), f.get_globals(), f.get_frees(), f.is_nested(), f.get_lineno())
print(f.lookup("a"), f.lookup("g").is_declared_global(), top.get_type(), [child.get_type() for child in top.get_children()])
inner = f.lookup("inner").get_namespace()
print(inner.lookup("a").is_free(), inner.is_nested(), top.lookup("C").is_namespace(), f.get_id() == f.get_id())
