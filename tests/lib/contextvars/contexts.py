# modes: gil none
# Context variables, contexts and tokens, alone and in threads.
import _contextvars
from _contextvars import *
def plain(text):
    return ' '.join(word.split('0x')[0] for word in str(text).split())


def r(f):
    try: return f()
    except BaseException as e: return type(e).__name__ + ': ' + plain(e)
for f in (lambda: ContextVar(), lambda: ContextVar(1), lambda: ContextVar('a','b'), lambda: ContextVar('a',default=1,x=2), lambda: ContextVar(name='a'), lambda: Context(1), lambda: Context(a=1), lambda: Token(), lambda: type('X',(ContextVar,),{}), lambda: type('X',(Context,),{}), lambda: type('X',(Token,),{}), lambda: ContextVar[int], lambda: Token[int], lambda: hash(Context()),lambda: ContextVar('a').foo, lambda: ContextVar('a').get(1,2), lambda: ContextVar('a').get(), lambda: ContextVar('a').set(), lambda: ContextVar('a').reset(1), lambda: Context().run(), lambda: Context().run(3), lambda: Context()[3], lambda: Context().get(3), lambda: 3 in Context(), lambda: Context()==3, lambda: Context()==Context(), lambda: len(Context()), lambda: copy_context(1), lambda: Context().get()):
    x=r(f); print(plain(repr(x)))
v=ContextVar('v'); d=ContextVar('d',default=7)
print(repr(d).split(' at ')[0], v.name, d.get(), v.get(3), d.get(9))
tok=v.set(1)
print(repr(tok).split(' at')[0], tok.old_value, tok.var is v, Token.MISSING, repr(Token.MISSING), type(Token.MISSING))
tok2=v.set(2); print(tok2.old_value)
v.reset(tok2); print(v.get())
print(r(lambda: v.reset(tok2)), repr(tok2).split(' at')[0])
print(r(lambda: d.reset(tok)))
v.reset(tok); print(v.get('none'))
print(r(lambda: v.reset(tok)))
with v.set(5) as tk:
    print(v.get(), tk)if 0 else print(v.get(), type(tk))
print(v.get('unset'))
print(r(lambda: tk.__exit__(None,None,None)))
print(r(lambda: tk.__exit__()))
c=copy_context(); print(len(c), list(c), list(c.keys()), list(c.values()), list(c.items()))
def f(a,*,b=3):
    v.set(a); d.set(b); print(r(lambda: c.run(print)), c[v], len(c)); return v.get()
print(c.run(f, 10, b=4), v.get('outer'), c[v], c.get(d), c.get(ContextVar('q')), c.get(ContextVar('q'),5), v in c, len(c), sorted(x.name for x in c), sorted(c.values()))
print(r(lambda: c[ContextVar('q')])[:20], type(c.keys()), type(c.items()), type(c.values()), type(iter(c)))
c2=c.copy(); print(c2==c, c2!=c, c2 is c, len(c2)); c2.run(v.set, 99); print(c[v], c2[v], c==c2)
tt=c2.run(v.set,100); print(r(lambda: v.reset(tt))[:60])
print(r(lambda: c.run(lambda: 1/0)), r(lambda: c.run(lambda:1)))
import threading
def g(): print('thread', v.get('none'), len(copy_context()))
v.set('main')
th=threading.Thread(target=g); th.start(); th.join()
th=threading.Thread(target=g,context=copy_context()); th.start(); th.join()
th=threading.Thread(target=g,context=Context()); th.start(); th.join()
N=[ContextVar('x%d'%i) for i in range(2000)]
cc=Context()
def fill():
    toks=[x.set(i) for i,x in enumerate(N)]
    print(sum(x.get() for x in N), len(copy_context()))
    for x,tk in list(zip(N,toks))[::2]: x.reset(tk)
    print(sum(x.get(0) for x in N), len(copy_context()))
cc.run(fill); print(len(cc), sum(cc.values()), sum(v for k,v in cc.items()), len(set(cc)))
def gen():
    v.set('gen'); yield v.get()
print(next(gen()), v.get())
print(repr(cc).split(' at')[0]); print(hash(v)==hash(v), v==v, v==d)
print(repr(ContextVar('z',default='dd'))[:60].split(' at')[0]); print(repr(type(v)))
try: Context.run()
except Exception as e: print(e)
try: v.name=3
except Exception as e: print(e)
try: v.x=3
except Exception as e: print(e)
