# What functools is made of: partial with placeholders, keys, caches.
import _functools as F
def r(f):
    try: return f()
    except BaseException as e: return type(e).__name__+': '+str(e)
p=F.partial
P=F.Placeholder
print(p, p.__module__, P, type(P), type(P).__module__, repr(type(P)), type(P)() is P, r(lambda: type(P)(1)), r(lambda: P.__reduce__()), F._lru_cache_wrapper, F.cmp_to_key(lambda a,b:0), type(F.cmp_to_key(lambda a,b:0)))if 0 else print(p, p.__module__, P, repr(type(P)), type(P)() is P, r(lambda: type(P)(1)), r(lambda: P.__reduce__()), F._lru_cache_wrapper, type(F.cmp_to_key(lambda a,b:0)))
def f(*a,**k): return a,k
print(p(f,1,2,x=3)(4,y=5), p(f,P,2)(1), p(f,P,2,P,4)(1,3,5), r(lambda:p(f,P,2)()), r(lambda:p(f,1,P)), r(lambda:p(f,x=P)), r(lambda:p()), r(lambda:p(3)), r(lambda: p(f=1)))
q=p(f,P,2,P,4,z=1); print(q.args, sorted(q.keywords), q.func is f, q._phcount if hasattr(q,'_phcount') else None)
q2=p(q,1); print(q2.args, q2(9)); q3=p(q,1,3,5,z=2); print(q3.args,q3.keywords,q3()); q4=p(q,P,3); print(q4.args, q4(1))
print(repr(p(len,1,x=2)), repr(q)[:30].split(' at')[0], r(lambda: q.__reduce__())[0], r(lambda: q.__reduce__())[1][0] is f, r(lambda: q.__reduce__())[2][1:])
class C:
    m=p(f,7); n=p(f,P,8)
c=C(); print(len(c.m(1)[0]), len(c.n()[0]), C.m(1))
q=p(f); r(lambda: q.__setstate__((f,(1,),dict(a=2),None))); print(q(), r(lambda:q.__setstate__((1,2))), r(lambda:q.__setstate__(3)), r(lambda: q.__setstate__((f,(P,),{},{}))))
q.attr=3; print(q.attr, q.__dict__, p[int])
print(r(lambda: F.reduce(lambda a,b:a+b,[1,2,3])), r(lambda:F.reduce(lambda a,b:a+b,[])), r(lambda:F.reduce(lambda a,b:a+b,[],initial=5)), r(lambda:F.reduce(1)), r(lambda:F.reduce(1,2)), r(lambda: F.reduce(function=1,iterable=2)))
K=F.cmp_to_key(lambda a,b:a-b); print(K(1)<K(2), K(1)==K(1), K(obj=3).obj, r(lambda:K()), r(lambda:K(1,2)), r(lambda: K(1)<3), r(lambda: hash(K(1))), r(lambda: F.cmp_to_key()), sorted([3,1,2],key=K), r(lambda:F.cmp_to_key(3)(1)<F.cmp_to_key(3)(2)))
W=F._lru_cache_wrapper
def g(x,y=0): return x*2
class CI(tuple): pass
def ci(a,b,c,d): return (a,b,c,d)
w=W(g,2,False,ci)
print(w(1),w(1),w(2),w(3),w(1), w.cache_info(), w.cache_clear(), w.cache_info(), r(lambda:w([])), r(lambda:W(1,2,3)), r(lambda:W(3,2,False,ci)), r(lambda:W(g,'x',False,ci)), r(lambda: W()))
w=W(g,None,True,ci); print(w(1),w(1.0),w(True),w(1,y=0),w(1,0),w.cache_info()); w=W(g,0,False,ci); print(w(1),w(1),w.cache_info()); w=W(g,-5,False,ci); print(w(1),w.cache_info())
w=W(g,2,False,ci); print(r(lambda: w.__reduce__()), __import__('copy').copy(w) is w, __import__('copy').deepcopy(w) is w, w.__dict__)
class D:
    @lambda f: W(f,None,False,ci)
    def m(self,x): return x
d=D(); print(d.m(3), D.m(d,4), D.m.cache_info())
