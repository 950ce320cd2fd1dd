"""SimpleNamespace."""

from _types import SimpleNamespace as N

print(N(a=1,b=[2]), N({"x":1}, y=2), N([("p",1)]), N()==N(), N(a=1)==N(a=1), N(a=1)!=N(a=2), N(a=1)<3 if 0 else '')
n=N(a=1); n.self=n; print(n)
class S(N): pass
print(S(q=1), N(a=1)==S(a=1), N(a=1)==5)
try: N(1)
except TypeError as e: print(e)
try: N({1:2})
except TypeError as e: print(e)
try: N({}, {})
except TypeError as e: print(e)
print(n.__reduce__()[0], N(a=1).__reduce__(), N(a=1,b=2).__replace__(b=3))
try: n < n
except TypeError as e: print(e)
print(N.__module__, N.__qualname__, N(**{"a b":1}), vars(N(z=1)))
