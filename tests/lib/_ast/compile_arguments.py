"""The arguments of compile, and what it says of wrong ones."""
import _ast


def t(*args, **named):
    try:
        print(args, named, "->", type(compile(*args, **named)).__name__)
    except Exception as error:
        extra = error.args[1] if isinstance(error, SyntaxError) and len(error.args) > 1 else ""
        print(args, named, "->", type(error).__name__, error, extra)


for mode in ("func_type", "foo", 3):
    t("x", "f", mode)
t("x", "f", "foo", 0x400)
for flags in (1, -1, 0x10, 0x400, 0x8400, 0x1000, 0x2000, 0x1000000, 0x1000400):
    t("x", "f", "exec", flags)
for optimize in (-2, -1, 0, 2, 3):
    t("x", "f", "exec", 0, False, optimize)
t(3, "f", "exec")
t("x", 3, "exec")
t("x")
t("x\0", "f", "exec")
for source in (b"x", bytearray(b"x"), memoryview(b"x")):
    print(type(compile(source, b"f", "exec")).__name__)
module = _ast.Module([], [])
print(compile(module, "f", "exec", 0x400) is module)
for mode in ("eval", "single"):
    t(_ast.Module([], []), "f", mode)
t(_ast.Expression(_ast.Constant(1, lineno=1, col_offset=0)), "f", "exec")
t(_ast.Name("x"), "f", "exec", 0x400)
