a + b * c - d / e // f % g @ h ** i ** -j
(a + b) * (c)
-a ** +b, ~(c)
not a and b or not (c or d) and e
not not a
a << b >> c & d | e ^ f
a < b <= c == d != e > f >= g
a is b is not c in d not in e
not a in b
a if b else c if d else e
(a if b else c).d
lambda: 0
lambda a, /, b=1, *c, d, e=2, **f: (a, b)
lambda *, a: lambda: (yield)
f()
f(a, *b, c=d, *e, **g, h=i)
f(a for a in b)
f((a for a in b), c)
f(a := b, (c := d))
f(
    a,
    b=c,
)(d)[e].f
a.b.c().d[0][1:2][::2][a:, :b, *c]
a[b, c]
a[b,]
a[b := c]
(a)
(a, b)
(a,)
()
a, *b, c
a,
[a, *b, c]
[a,]
[]
{a, *b}
{a: b, **c, d: e}
{**a}
{}
{(a := b): c}
[a for b in c]
[a async for b, *c in d if e if f for g in (h, i) for j.k in l]
{a for b in c}
{a: b for c, d in e}
(a for b in c if d or e)
(yield)
(yield a, b)
(yield from a)
await a.b(c)
await a ** await b
(a := b + c)
x if (y := z) else w
print(*a, sep="")
a if b else lambda: c
match, case, type, _ = match(case)[type], _
type (a)
match[a]
match.case
