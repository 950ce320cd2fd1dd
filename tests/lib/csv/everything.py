"""Dialects, readers and writers, and what they say of bad arguments and data."""
import _csv, csv
def show(f,*a,**k):
    try: print(f(*a,**k))
    except Exception as e: print(type(e).__module__, type(e).__name__, e)
for k in [dict(delimiter=1),dict(delimiter=None),dict(delimiter=''),dict(delimiter='ab'),dict(escapechar=1),dict(escapechar='ab'),dict(quotechar=1),dict(quotechar=''),dict(lineterminator=1),dict(lineterminator=None),dict(quoting='a'),dict(quoting=True),dict(quoting=10),dict(quoting=2**40),dict(quotechar=None),dict(quotechar=None,quoting=0),dict(delimiter='\n'),dict(delimiter=' '),dict(quotechar=' ',skipinitialspace=1),dict(delimiter='"'),dict(escapechar=','),dict(escapechar='"'),dict(delimiter='x',lineterminator='x\n'),dict(bad=1),dict(dialect='nope'),dict(dialect=5),dict(strict=1, escapechar='\\')]:
    print(k, end=' '); show(lambda: [(n,getattr(_csv.Dialect(**k),n)) for n in dir(_csv.Dialect) if n[0]!='_'])
show(_csv.Dialect,1,2,3,4,5,6,7,8,9,10,11)
show(_csv.reader); show(_csv.reader,1); show(_csv.reader,[],'nope'); show(_csv.reader,[],1,2); show(_csv.reader,[],bad=1)
show(_csv.writer); show(_csv.writer,1); 
show(_csv.register_dialect); show(_csv.register_dialect,1); show(_csv.register_dialect,'a','b'); show(_csv.register_dialect,'a',bad=1);show(_csv.register_dialect,'a',csv.excel,1)
show(_csv.unregister_dialect,'q'); show(_csv.get_dialect,'q'); show(_csv.unregister_dialect,[]); show(_csv.get_dialect,[]);show(_csv.unregister_dialect); show(_csv.list_dialects); show(_csv.list_dialects,1)
show(_csv.field_size_limit,'a'); show(_csv.field_size_limit,True); show(_csv.field_size_limit); show(_csv.field_size_limit,1,2); show(_csv.field_size_limit,2**70)
print(_csv.Reader, _csv.Writer, _csv.reader, _csv.Dialect, _csv.Error)
r=_csv.reader(['a,b']); show(_csv.Reader); show(type(r), 1)
print([n for n in dir(r) if n[0]!='_' ],r.line_num, r.dialect.delimiter)
for l,k in [(['a,1,"2",,""'],dict(quoting=q)) for q in range(6)]+[(['a'],dict(quoting=2)),([',3,"5",7.3, 9'],dict(quoting=2)),([',3,"5",7.3, 9'],dict(quoting=4)),([',3,"5",7.3, 9,""'],dict(quoting=5)),(['"a"b,"c'],{}),(['"a"b,"c'],dict(strict=1)),(['"a'],dict(strict=1)),(['"a','b"'],{}),(['a\rb'],{}),([b''],{}),(['a\\','b'],dict(escapechar='\\')),(['a\\\nb'],dict(escapechar='\\')),(['"a\\','b"'],dict(escapechar='\\')),(['a,  b'],dict(skipinitialspace=1)),(['','a',''],{}),(['a\n'],{}),(['é€é,€'],dict(delimiter='€')),(["a'b","'"],dict(quotechar="'")),([1],{})]:
    print(l,k,end=' '); show(lambda: list(_csv.reader(l,**k)))
show(next, _csv.reader(1 for _ in ()))
import io
for row,k in [(r,dict(quoting=q)) for q in range(6) for r in (['a',1,None,2.5,'','b c'],[''],[None],[],['a,b','c"d','e\nf'])]+[(['a"b,\\'],dict(doublequote=0)),(['a"b,\\'],dict(doublequote=0,escapechar='\\')),(['a','',None],dict(delimiter=' ',skipinitialspace=1)),(['',None],dict(delimiter=' ',skipinitialspace=1,quoting=4)),([''],dict(delimiter=' ',skipinitialspace=1,quoting=3)),(1,{}),('abc',{}),(['€','é;x'],dict(delimiter='€',lineterminator='!;')),]:
    s=io.StringIO(); print(row,k,end=' '); show(lambda: (csv.writer(s,**k).writerow(row), s.getvalue()))
w=csv.writer(s); print([n for n in dir(w) if n[0]!='_'], w.dialect.delimiter); show(w.writerows,1); show(w.writerows,[1]); show(w.writerow); show(w.writerow,1,2)
show(setattr,w.dialect,'delimiter',':'); show(delattr,w.dialect,'delimiter')
import copy,pickle
show(copy.copy,w.dialect); show(pickle.dumps,w.dialect); 
show(_csv.Dialect.__new__)
class S(_csv.Dialect): pass
print(type(S('excel')).__name__); d=_csv.get_dialect('excel'); print(_csv.Dialect(d) is d, _csv.Dialect('excel') is d, _csv.reader([], d).dialect is d)
csv.field_size_limit(3); show(lambda: list(csv.reader(['abcd,e']))); show(lambda: list(csv.reader(['abc,éééé']))); show(lambda: list(csv.reader(['abc,ééé'])))
