# What abstract classes ask of _abc: registration, hooks, caches, what is abstract.
import _abc
def r(f):
    try: return f()
    except BaseException as e: return type(e).__name__+': '+str(e)
print([n for n in dir(_abc) if not n.startswith('__')])
class M(type):
    def __new__(mcls,name,bases,ns,/,**kw):
        cls=super().__new__(mcls,name,bases,ns,**kw); _abc._abc_init(cls); return cls
    def register(cls,sub): return _abc._abc_register(cls,sub)
    def __instancecheck__(cls,i): return _abc._abc_instancecheck(cls,i)
    def __subclasscheck__(cls,s): return _abc._abc_subclasscheck(cls,s)
class A(metaclass=M):
    def f(self): pass
    f.__isabstractmethod__=True
print(A.__abstractmethods__, [k for k in A.__dict__ if 'abc' in k or 'abs' in k], A.__dict__.get('_abc_impl')and type(A.__dict__['_abc_impl']))
print(r(A))
print(r(lambda: _abc._abc_register(A,3)), r(lambda: issubclass(3,A)), r(lambda: A.register(A)), r(lambda: _abc._abc_init(int)), r(lambda: _abc._abc_init(3)),r(lambda:_abc._abc_subclasscheck(int,int)),r(lambda:_abc._abc_instancecheck(int,3)))
class B(A): 
    def f(self): return 1
print(B.__abstractmethods__, B().f(), isinstance(B(),A), issubclass(B,A), issubclass(int,A), isinstance(3,A))
t0=_abc.get_cache_token()
print(A.register(int), isinstance(3,A), issubclass(bool,A), _abc.get_cache_token()-t0)
class C(metaclass=M): pass
print(A.register(C), r(lambda: C.register(B)), r(lambda: C.register(A)))
class H(metaclass=M):
    @classmethod
    def __subclasshook__(cls,c): return c.__name__.startswith('X') or (NotImplemented if c.__name__!='bad' else 5)
class X1: pass
class Y1: pass
print(issubclass(X1,H), issubclass(Y1,H), r(lambda: issubclass(type('bad',(),{}),H)))
H.register(Y1); print(issubclass(Y1,H), isinstance(Y1(),H))
d=_abc._get_dump(H); print([len(x) if not isinstance(x,int) else 'n' for x in d], [type(x).__name__ for x in d])
_abc._reset_caches(H); print([len(x) if not isinstance(x,int) else 'n' for x in _abc._get_dump(H)])
_abc._reset_registry(H); print([len(x) if not isinstance(x,int) else 'n' for x in _abc._get_dump(H)])
class D(A):pass
print(D.__abstractmethods__, r(D))
D.__abstractmethods__=frozenset(); print(r(D) is not None)
class P:
    __class__=property(lambda s: B)
print(isinstance(P(),A))
print(A.__subclasses__())
class S(metaclass=M): pass
class S2(S): pass
class S3(metaclass=M): pass
S3.register(S2); S.register(int)
print(issubclass(S2,S3), issubclass(int,S3))
class Sub1(metaclass=M): pass
class Sub2(Sub1): pass
Sub2.register(float); print(issubclass(float,Sub1), isinstance(1.0,Sub1))
import gc
class Q: pass
A.register(Q); del Q; gc.collect(); print('ok')
class Sq(metaclass=M):
    __abc_tpflags__=1<<5
print(r(lambda: Sq.__abc_tpflags__))
def mt(x):
    match x:
        case [*_]: return 'seq'
        case {}: return 'map'
        case _: return 'no'
class LL:
    def __len__(s): return 0
    def __getitem__(s,i): raise IndexError
Sq.register(LL); print(mt(LL()))
