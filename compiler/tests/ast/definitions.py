def f(): pass
def f(a, b: c = d, /, e=f, *g: h, i, j=k, **l: m) -> n:
    """Doc."""
    nonlocal a, b
    return a, *b
def f(*args: *a): return
def f(a, *, b,): yield
@a
@b.c(d)
@(e := f)
def f[T, U: int, *V, **W](x: T) -> U:
    def g():
        return

    class C: x = 1
    return
class A: pass
class A(): pass
class A(B, *C, metaclass=D, **E):
    a: int = 1

    @property
    def f(self): return self

@a
class A[T: (int, str) = int, *V = *b, **P = [c]](B[T]):
    ...
async def f(a):
    async for b in c: d
    async with e as f, g: h
    return [await i async for j in k]
@a
async def f(): await b
x = lambda self, *args, **kwargs: (self, args, kwargs)
