# What collections is made of: attributes of named tuples, deques and their iterators, counting.
import _collections as c
def r(f):
    try: return f()
    except BaseException as e: return type(e).__name__+': '+str(e)
for n in sorted(dir(c)):
    if not n.startswith('__'): print(n, repr(getattr(c,n)), getattr(getattr(c,n),'__module__',None))
t=c._tuplegetter(1,'doc'); print(t.__doc__, t.__reduce__()[1], r(lambda:c._tuplegetter()), r(lambda:c._tuplegetter('a','b')), r(lambda:c._tuplegetter(1)))
class T(tuple): x=c._tuplegetter(0,'d'); y=c._tuplegetter(5,'e')
print(T((7,)).x, r(lambda:T((7,)).y), T.x is T.__dict__['x'], r(lambda: setattr(T((1,)),'x',3)), r(lambda: delattr(T((1,)),'x')), r(lambda: T.__dict__['x'].__get__(3)), r(lambda:T.__dict__['x'].__get__(None,T)is T.x))
t.__doc__='new'; print(t.__doc__, repr(t))
d=c.deque([1,2,3]); it=iter(d); print(type(it), type(reversed(d)), next(it), it.__reduce__(), it.__length_hint__(), c._deque_iterator(d,1).__next__(), list(c._deque_reverse_iterator(d)), r(lambda:c._deque_iterator(3)), d.__reduce__()[:3], c.deque[int], r(lambda: d.__copy__()), c.deque([1],5).__reduce__()[:3])
dd=c.defaultdict(int,a=1); print(dd.__reduce__()[:3], list(dd.__reduce__()[4]), dd, repr(c.defaultdict(None)), c.defaultdict[int], dd.copy(), dd|{'b':2}, r(lambda:c.defaultdict(3)), dd.__missing__('z'), dd)
od=c.OrderedDict(a=1,b=2); print(od, od.__reduce__()[:3], list(od.__reduce__()[4]), list(reversed(od)), od.popitem(False), od, c.OrderedDict.fromkeys('ab',1), od=={'b':2}, od.setdefault('q',5), od.pop('q'), r(lambda:od.pop('zz')), od.pop('zz',1), r(lambda: od.move_to_end('zz')), od|{'x':1}, {'x':1}|od, list(od.items()), list(reversed(od.items())), od.__dict__)
m={}; c._count_elements(m,'abca'); print(m, r(lambda:c._count_elements({},[[]])), r(lambda:c._count_elements(3,'a')))
class MM(dict):
    def get(self,k,d=None): return super().get(k,d)
m=MM(); c._count_elements(m,'aab'); print(m)
