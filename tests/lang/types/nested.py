"""Generic definitions within others, decorated, asynchronous, in comprehensions, in `exec`."""

class Outer:
    xs = [1, 2]
    def f[T: [x for x in (1, 2)]](self, a: [T for _ in "ab"], *, k: T = 3): ...
    type A[T] = [T for _ in range(2)]
    try:
        type B = [xs for _ in range(2)]
    except NameError: pass
print(Outer.f.__type_params__[0].__bound__, Outer.f.__annotations__, Outer.A.__value__)
try: print(Outer.B.__value__)
except NameError as e: print(e)
def deco(n):
    return lambda f: (n, f)
@deco(1)
@deco(2)
def g[T, U = T](x=[y for y in (1,)], *, z=lambda: 0): return T, U
print(g[0], g[1][1].__type_params__[1].__default__, g[1][1].__defaults__)
async def co[T](): 
    return T
c = co(); 
try: c.send(None)
except StopIteration as e: print(e.value is co.__type_params__[0])
async def agen[T]():
    yield T
print(type(agen()).__name__)
def outer[T]():
    def inner[U: T]():
        type X[V: U] = (T, U, V)
        return X
    return inner
i = outer()
x = i()
print(x.__value__, x.__type_params__[0].__bound__, i.__type_params__[0].__bound__, i.__qualname__, x.evaluate_value.__qualname__)
import sys
def h[T](n):
    if n: return h(n-1)
    return T
print(h(50))
def many[A,B,C,D,E,F,G,H,I,J,K,L,M,N,O,P,Q,R,S](): return (A,B,S)
print(many())
exec("def ex[T: int](x: T): return x\nprint(ex.__type_params__, ex.__annotations__)")
exec("type Q[T] = dict[T, zzz]\nprint(Q.__type_params__)", {}, {})
def loc():
    exec("type Q = int\nprint(Q.__value__)\nclass C:\n  if 1:\n    a: int\nprint(C.__annotations__)")
loc()
print(eval("t'{1}'").values)
def f(__x: int): ...
class P:
    def f[__T](self, __x: __T) -> __T: ...
    __y: int
print(P.f.__annotations__, P.__annotations__, P.f.__type_params__)
class Y:
    def f(self):
        nonlocal_ = 1
        def g[T: nonlocal_](): return nonlocal_
        return g
print(Y().f().__type_params__[0].__bound__, Y().f()())
del Outer
lst = [t"{i}{j}" for i in range(2) for j in "ab"]
print([x.values for x in lst])
