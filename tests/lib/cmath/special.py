"""Every function where a part is no finite number, and what it says of bad arguments."""
import cmath, math
pts=[float('-inf'),-2.0,-0.0,0.0,2.0,float('inf'),float('nan')]
names={math.pi:'P',math.pi/2:'P12',math.pi/4:'P14',3*math.pi/4:'P34',math.inf:'INF'}
def s(x):
    if x!=x: return 'N'
    sg='-' if math.copysign(1,x)<0 else ''
    x=abs(x)
    if x==0: return sg+'0.'
    return sg+names.get(x,repr(x))
for f in ('acos','acosh','asinh','atanh','sqrt','log','cosh','exp','sinh','tanh'):
    print(f)
    for a in pts:
        row=[]
        for b in pts:
            if math.isfinite(a) and math.isfinite(b): row.append('U'); continue
            try: r=getattr(cmath,f)(complex(a,b)); row.append(f'({s(r.real)}, {s(r.imag)})')
            except Exception as e: row.append('E:'+str(e))
        print('  ['+', '.join(row)+'],')
print('rect')
for a in pts:
    row=[]
    for b in pts:
        if math.isfinite(a) and math.isfinite(b): row.append('U'); continue
        try: r=cmath.rect(a,b); row.append(f'({s(r.real)}, {s(r.imag)})')
        except Exception as e: row.append('E:'+str(e))
    print('  ['+', '.join(row)+'],')
for a in pts: print([ (lambda: cmath.phase(complex(a,b)))() for b in pts])
for x in (0,-0.0,complex(0,-0.0)):
    for f in ('log','log10','atanh','atan'):
        for v in (x,1,-1,1j,-1j):
            try: print(f,v,getattr(cmath,f)(v))
            except Exception as e: print(f,v,e)
for a in ((),(1,2,3),('a',),(1,'a'),(1,0),(1,1)):
    try: print(cmath.log(*a))
    except Exception as e: print(type(e).__name__,e)
for f,a in (('isclose',(1,)),('isclose',(1,2,3)),('rect',(1,)),('rect',('a',1)),('rect',(1,1j)),('polar',('a',)),('phase',('a',)),('isnan',('a',)),('exp',(1000,)),('cosh',(1000+1j,)),('polar',(1e308+1e308j,)),('sqrt',('a',)),('sqrt',())):
    try: print(getattr(cmath,f)(*a))
    except Exception as e: print(f,type(e).__name__,e)
try: cmath.isclose(1,2,rel_tol=-1)
except Exception as e: print(e)
print([n for n in dir(cmath) if n[0]!='_'])
