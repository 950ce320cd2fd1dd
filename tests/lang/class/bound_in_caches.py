"""Properties, class and static methods, and items, each used often enough for a cache to know it, then changed."""

class A:
    k = 1
    @classmethod
    def c(cls, x=0): return cls.__name__, x
    @staticmethod
    def s(x=0): return x
    @property
    def p(self): return self.k
    @property
    def bad(self): raise AttributeError("bad")
    def __getitem__(self, i):
        if i > 2: raise IndexError(i)
        return i
    def __getattr__(self, name): return "fallback " + name
class B(A): pass
def use(o):
    r = []
    for _ in range(3):
        r.append((o.c(1), o.s(2)))
    return r
for o in (A, B, A(), B()): print(use(o))
b = B()
def prop(o):
    return [o.p for _ in range(3)], [o.bad for _ in range(2)], [o[i] for i in range(3)], o.zzz
print(prop(b))
b.s = lambda x: "own"
b.c = lambda x: "own c"
print(use(b))
B.c = classmethod(lambda cls, x: "new")
print(use(B), use(B()))
A.p = property(lambda self: "lambda")
print(prop(b)[0])
del A.p
print(prop(b)[0])
print(list(b))
def gen_prop():
    class G:
        @property
        def items(self):
            yield 1
            yield 2
        def __getitem__(self, i):
            yield i
    g = G()
    for _ in range(2):
        print(list(g.items), list(g[4]))
gen_prop()
def deep(n):
    class D:
        @property
        def p(self):
            nonlocal n
            n -= 1
            return 0 if n == 0 else 1 + self.p
    return D().p
print(deep(900))
try:
    deep(5000)
except RecursionError as e:
    print(e)
