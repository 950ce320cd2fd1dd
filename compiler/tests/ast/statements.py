"""The docstring."""
import a, b.c as d, e.f.g
from a import b as c, d
from .a.b import (c, d as e,)
from ... import a
from ....b import *
a = b = c, d = e
a, (b, *c), [d, e.f, g[h]] = i
*a, b = c
[a, b] = c
() = [] = d
(a) = (b.c) = d
a: int
a: int = b, *c
(a): int = yield
a.b: c = d
a[b]: c
a += b, c
a.b -= yield
(a) *= b
a[b] @= c; a //= b; a **= c; a >>= d;
a <<= b; a &= c; a |= d; a ^= e; a %= f; a /= g
del a, b.c, d[e], (f, [g])
del (a)
del a,
assert a, b
assert (a, b)
raise
raise a
raise a(b) from c
global a
global b, c
pass; pass
if a:
    b
elif c:
    d
elif e: f
else:
    g
if (a := b): c; d
while a:
    break
else:
    continue
for a in b: c
for a, *b in c, *d:
    pass
else:
    e
for (a, b) in c: d
for a.b in c: d
for a[b], [c] in d: e
with a: b
with a as b, c as (d, e): f
with (a): b
with (a, b): c
with (a as b, c as d,): e
with (a, b) as c: d
with (a) as b, c: d
with (yield): a
with a, (b): c
try:
    a
except:
    b
try:
    a
except b:
    c
except (d, e) as f:
    g
except h, i: j
else:
    k
finally:
    l
try: a
finally: b
try: a
except* b: c
except* d, e:
    f
# a comment

if a:
	b  # tabs

	if c:
		d
e; f \
    + g
type X = a
type X[A, *B, **C] = d
é = ﬁ + ª
x = (
    1,

    2  # two
)
