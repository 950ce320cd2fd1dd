"""Every operation of arrays of every type, and what it says of bad arguments."""
import warnings
warnings.simplefilter('ignore')
from array import array
import array as m
def show(f,*a,**k):
    try: print(repr(f(*a,**k)))
    except Exception as e: print(type(e).__name__, e)
for t in 'bBuwhHiIlLqQfd':
    a=array(t); print(t, a.itemsize, repr(a), memoryview(a).format)
    for v in (-1,'a','ab',1.5,None,300,-300,70000,-70000,2**31,2**32,-2**31-1,2**63,2**64,-2**63-1,2**100,b'x',True): 
        print(v,end=' '); show(a.append,v)
    print(a if t not in 'uw' else repr(a))
show(array); show(array,'x'); show(array,1); show(array,'bb'); show(array,'b','abc'); show(array,'b',5); show(array,'u','abc'); show(array,'w','a😀'); show(array,'b',b'ab'); show(array,'i',b'abc'); show(array,'i',b'abcd'); show(array,'b',bytearray(b'a')); show(array,'b',array('w','a')); show(array,'i',array('b',[1])); show(array,'i',(1,2)); show(array,'b',[1,300]); show(array,'b',[],[]); show(array,'b',a=1)
a=array('i',[1,2,3,4,5])
for i in (0,-1,7,-9,'a',1.5,None,slice(1,3),slice(None,None,-2)): print(i,end=' '); show(lambda: a[i])
def st(i,v): a=array('i',[1,2,3,4,5]); a[i]=v; return a
for i,v in ((0,9),(9,1),('a',1),(0,'x'),(slice(0,2),array('i',[7,8,9])),(slice(0,2),[1]),(slice(None,None,2),array('i',[7])),(slice(None,None,2),array('i',[7,8,9])),(slice(0,2),array('b',[1])),(slice(5,0),array('i',[6]))): print(i,v,end=' '); show(st,i,v)
def de(i): a=array('i',[1,2,3,4,5]); del a[i]; return a
for i in (0,-1,9,'a',slice(1,3),slice(None,None,2),slice(None,None,-2)): print(i,end=' '); show(de,i)
show(lambda: a+[1]); show(lambda: a+array('b')); show(lambda: a+a); show(lambda: a*2); show(lambda: 2*a); show(lambda: a*'x'); show(lambda: a*-1); show(lambda: a.__iadd__([1])); show(lambda: a.__iadd__(array('b'))); 
def f(): 
    a=array('i',[1]); a*=3; return a
show(f)
show(lambda: [1]+a); show(lambda: b'x'+array('b',[1])); show(lambda: array('b',[1])+b'x')
for n in ('pop','insert','index','remove','count','fromlist','frombytes','fromunicode','tounicode','tobytes','tolist','byteswap','reverse','append','clear','__copy__'):
    print(n,end=' '); show(getattr(array('i',[1,2]),n))
show(a.pop,9); show(array('i').pop); show(a.index,99); show(a.remove,99); show(a.index,1,2,3); show(a.index,3,-3); show(a.insert,-1,7); print(a); show(a.insert,100,8); show(a.extend,5); show(a.extend,array('b')); show(a.extend,[1,'x']); print(a); show(a.fromlist,(1,)); show(a.fromlist,[1,'x']); print(a); show(a.frombytes,b'abc'); show(a.frombytes,'abc'); show(a.fromunicode,'x'); show(a.tounicode); show(a.count,8); show(a.__reduce_ex__,2); show(a.__reduce_ex__,3); show(a.__reduce_ex__,'a'); show(array('w','é').__reduce_ex__,3); show(array('u','é').tounicode); show(array('u','é').fromunicode,5)
import io
show(a.fromfile,io.BytesIO(b'abcd'),2); print(a); show(a.fromfile,io.BytesIO(b'abcd'),-1); show(a.fromfile,io.StringIO('abcd'),1); show(a.fromfile,1,1); show(a.tofile,1)
print(m.ArrayType is array, m.typecodes, [n for n in dir(m)])
print(type(iter(a)), iter(a).__reduce__()); i=iter(a); next(i); show(i.__reduce__); i.__setstate__(3); print(list(i), i.__reduce__())
show(hash,a); show(lambda: array('b',[1])==array('i',[1])); show(lambda: a<5); show(lambda:a==[1]); show(lambda: array('d',[float('nan')])==array('d',[float('nan')])); show(lambda: array('b',[1,2])<array('i',[1,3])); show(lambda: array('b',[1])<=array('i',[1,3])); show(lambda: array('w','a')<array('u','b')); show(lambda: array('w','a')==array('b',[1]))
show(m._array_reconstructor, array,'b',0,b'ab'); show(m._array_reconstructor,array,'i',8,b'abcd'); show(m._array_reconstructor,array,'x',8,b'abcd'); show(m._array_reconstructor,array,'i',99,b'abcd'); show(m._array_reconstructor,array,'i',9,b'abcde'); show(m._array_reconstructor,int,'i',8,b''); show(m._array_reconstructor,5,'i',8,b'');show(m._array_reconstructor,array,'i',8,'x'); show(m._array_reconstructor,array,'w',21,b'\0\0\0a\0\0\0b'); show(m._array_reconstructor,array,'w',18,b'a\0b\0'); show(m._array_reconstructor,array,'d',16,b'\0'*8)
print(array('f',[1.1,2]), array('d',[1.1]), array('f',[1e300]), 3 in a, 'x' in a, len(a), bool(array('b')), memoryview(a).tolist()[:2], bytes(array('h',[258])), a.__class_getitem__(int), array('i').__class__)
class S(array): pass
s=S('b',[1]); s.x=5; print(repr(s), s.x, type(s[:]), type(s+s), type(s*2)); show(s.__reduce_ex__,3); import copy; c=copy.copy(s); print(type(c), getattr(c,'x',None)); c=copy.deepcopy(array('b',[1])); print(c)
