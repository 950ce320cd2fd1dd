"""Texts as typed at a prompt: what is whole, what could go on, what is shown."""
import builtins
import sys

INCOMPLETE = 0x4200


def t(text, flags=0):
    try:
        compile(text, "f", "single", flags)
        print(repr(text), flags, "ok")
    except SyntaxError as error:
        print(repr(text), flags, type(error).__name__, error.msg if flags == 0 else "")


for text in ("if 1:\n  x", "if 1:\n  x\n", "if 1: x", "if 1: x\n", "if 1:", "if 1:\n", "x", "x\n", "x;y", "x\ny",
             "x\n\n\n# c\n", "", "\n", "# c\n", "  x", "x=(\n", "def f():\n  if 1:\n    x", "'''\n", "@a\n",
             "try:\n  x\n", "if 1:\n  x\nelse:\n  y\n", "x\\\n", "\n\nx", "if 1:\n x\ny\n"):
    t(text)
for text in ("if 1:\n", "def f():\n", "def f():\n  if 1:\n    x\n", "x=(\n", "'''\n", "@a\n", "try:\n  x\n", "x\\\n",
             "a b\n", "  x\n", ")\n", "if 1: x\n"):
    t(text, INCOMPLETE)


def run(text):
    exec(compile(text, "<prompt>", "single"))


run("1 + 1")
run("None")
run("'a'; [1, 2]; None")
run("for i in range(2): i\n")
run("def f(): 5\n")
run("if 1:\n  'in'\n")
print(builtins._)
shown = []
sys.displayhook = shown.append
run("3; None")
print(shown)
sys.displayhook = sys.__displayhook__
run("4")
del sys.displayhook
try:
    run("5")
except RuntimeError as error:
    print(error)
