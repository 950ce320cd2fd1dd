match a:
    case 1 | -2 | 3.5 | -1 + 2j | 3 - 4j: b
    case "a" "b" | b"c": d
    case None | True | False: e
    case _: f
    case g: h
    case a.b | c.d.e: f
    case (a): b
    case (a,): b
    case (): b
    case []: b
    case [a, b, *c]: d
    case a, *_, b: c
    case *a,: b
    case {}: a
    case {"a": b, 1: c, -1: d, e.f: g, None: h, **i}: j
    case A(): a
    case a.A(b, C(), d=e, f=1,): g
    case (a | b) as c: d
    case [a as b, (c, d) as e] as f if g := h: i
match a, *b:
    case c: d
match (a, b):
    case 1: pass
match -a:
    case 1: pass
match = case = type = 1
match (a)
