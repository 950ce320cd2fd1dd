"""Template strings: text and values, apart."""

x, name = 5, "w"
t = t"a{x}b{name!r:>{x}}c{ x = }{x+1:05}"
Template, Interpolation = type(t), type(t.interpolations[0])
print(t)
print(t.strings, t.values)
print(t.interpolations)
print(list(t), type(iter(t)))
print(t"", list(t""), t"{x}".strings, t"a" t"b{x}" t'{name}', t"{{}}")
for a, b in ((t, "s"), ("s", t), (t, 1), (1, t), (t, t"q{x}z"), (t"", t"")):
    try:
        print(a + b)
    except TypeError as error:
        print(error)
for args in ((), ("a",), ("a", "b"), (Interpolation(1),), ("a", Interpolation(1, "x", "r", "f"), "b"), (1,), (None, "a")):
    try:
        print(Template(*args))
    except TypeError as error:
        print(error)
try:
    Template(x=1)
except TypeError as error:
    print(error)
for args in ((1,), (1, "e", "x"), (1, "e", None, 3), (1, 2), (), (1, "e", 2), (1, "e", "s", ">5")):
    try:
        print(Interpolation(*args))
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
i = Interpolation(1, "x", "r", format_spec="f")
print(i.value, i.expression, i.conversion, i.format_spec, Interpolation.__match_args__, i.__reduce__())
print(Template.__module__, Template.__qualname__, Template, Interpolation, Interpolation[int], Template[int])
try:

    class Q(Template): ...
except TypeError as error:
    print(error)
for thing, attribute in ((t, "strings"), (i, "value"), (t, "other"), (t, "values")):
    try:
        setattr(thing, attribute, 1)
    except AttributeError:
        print("AttributeError")
print(t == t, t"a" == t"a", hash(t) == hash(t), bool(t""))
print(rt"\n{x}", tR"\n{x}".strings, T"{x}", Rt"\{x}", t"\x41\n{x}\N{BULLET}".strings)


class Loud:
    def __format__(self, spec):
        raise ZeroDivisionError

    def __repr__(self):
        return "Loud()"


print(t"{Loud():{x}}", t"{Loud()=}", t"{x!s:{name!r}}", t"{ x +  1 }", t"{x=!s}", t"{x=:>3}", t"{x!a}")
match i:
    case Interpolation(v, e, c, f):
        print(v, e, c, f)
print(t"{t'{x}'}", t"{f'{x}'}", f"{t'{x}'.strings}", t'{"a" + 'b'}', t"{ {1: 2}[1] }")
print(
    t"""one {
        x  # a comment
    } two {x:
    }"""
)
order = []
t"{order.append(1)}{order.append(2)!r:{order.append(3)}}{order.append(4)}"
print(order)
it = iter(t"a{x}")
print(next(it), next(it), next(it, "end"), next(it, "end"), iter(it) is it)
try:
    t"{1/0}{order.append(5)}"
except ZeroDivisionError:
    print(order)
print((lambda: t"{y}")().values if (y := 9) else None, [t"{n}".values for n in range(3)])


def generator():
    sent = t"a{(yield 1)}b{(yield 2):{(yield 3)}}"
    yield sent


g = generator()
print(next(g), g.send("x"), g.send("y"), g.send("z"))
