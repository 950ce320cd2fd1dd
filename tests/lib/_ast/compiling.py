"""Trees back to code."""
import _ast
from _ast import PyCF_ONLY_AST


def again(text, mode="exec"):
    return compile(compile(text, "<tree>", mode, PyCF_ONLY_AST), "<tree>", mode)


exec(again("""
from __future__ import annotations

def f[T](a, b=2, *c, d: int = 4, **e) -> T:
    '''doc

        indented'''
    return [a, b, c, d, e]

print(f(1), f(1, 3, 5, d=6, g=7), f.__doc__, f.__annotations__)

class A:
    x: list[ int ] = [i * j for i in range(3) for j in range(2) if i]
    def m(self): return __class__, super().__repr__
    @property
    def p(self): return lambda: self.x

print(A.x, A().m()[0], A().p(), A.__annotations__)
for value in (1, -2, [1, 2, 3], {"k": 5, "l": 6}, A(), None, "ab", 1 + 2j):
    match value:
        case 1 | -2: print("number")
        case 1 + 2j: print("complex")
        case [a, *b]: print(a, b)
        case {"k": v, **rest}: print(v, rest)
        case A(x=[0, *_]): print("A")
        case None: print("nothing")
        case str() as s: print(s)
        case _: print("other")
try:
    try:
        raise ValueError("v")
    except* ValueError as group:
        print(group.exceptions)
    finally:
        print("finally")
except Exception as error:
    print(error)
print(f"{A.x!r:>40}|{1:{4}}|{{}}", f"{3=}")
t = t"a{A.x!s:b{1}}c"
print(t.strings, t.interpolations[0].expression, t.interpolations[0].format_spec)
print((lambda *a, k=1: (a, k))(1, 2), {**{1: 2}, 3: 4}, [*range(3)], (y := 5), y)
"""))
print(eval(again("1 + 2 * 3", "eval")))
exec(again("1; None; 'a'\n", "single"))
exec(again("for i in range(2): i\n", "single"))

one = _ast.Constant((1, -2, 3.5, 2j, 1 + 2j, "a", b"b", None, ..., True, frozenset({7}), 10**30), lineno=1, col_offset=0)
print(eval(compile(_ast.Expression(one), "", "eval")))

try:
    exec(again("\n\ndef f():\n    return (1 +\n        undefined)\nf()\n"))
except NameError as error:
    frame = error.__traceback__
    while frame.tb_next:
        frame = frame.tb_next
    print(frame.tb_lineno, frame.tb_frame.f_code.co_filename, frame.tb_frame.f_code.co_firstlineno)
    positions = list(frame.tb_frame.f_code.co_positions())
    print((5, 5, 8, 17) in positions)

for text in ("return", "break", "x = yield", "def f(a, a): pass", "nonlocal x"):
    try:
        again(text)
    except SyntaxError as error:
        print(error, error.msg, error.lineno, error.offset, error.end_lineno, error.end_offset)
