# Tokens of every kind, with their places and lines, and the errors.
import _tokenize
import io
import token
import tokenize

SOURCES = [
    'f"a{{b{x!r:>{w}}}}"\n', "x", "x # c", "# c", "  ", "if x:\n    y\n  # c\nz", "(\n1,\n", 'x = """a\nb""" + 1\n',
    "if x:\n  y\n z\n", "x = $\n", "a\\\n b\n", "a \\ b\n", "'abc\n", '"""abc\n', ")", "a\r\nb\r\n", "0x\n", "", "\n",
    "def f():\n  # c\n\n  x\n\n\n#\n", "f'''a\n{x}\nb'''\n", "if 1:\n\tx\n        y\n", "0b12", "1__0", "é = 1\n",
    "x = 'é' + y\n", "a\fb\n", "if 1:\n  x\\\n  \ny\n", "\\\n", "x\\", "async def f(): await x", "t'a{x}'", "a <> b",
    "(]\n}", "ub'a'", "f'{x:}{y}:{{'\n", "f'\\N{DIGIT ONE}b'", "x\n  (\n 'a'", "a := b != c -> d ... @= **= //= <<=\n",
]
for source in SOURCES:
    for extra in (True, False):
        print(repr(source), extra)
        try:
            for found in _tokenize.TokenizerIter(io.StringIO(source).readline, extra_tokens=extra):
                print("   ", token.tok_name[found[0]], *map(repr, found[1:]))
        except SyntaxError as error:
            print("   ", type(error).__name__, error.args, error.lineno, error.offset)

for source in (b"# coding: latin-1\nx = '\xe9'\n", b"\xef\xbb\xbfx = 1\n", "é = 'ü'\n".encode()):
    tokens = list(tokenize.tokenize(io.BytesIO(source).readline))
    print([(t.type, t.string) for t in tokens])
    print(tokenize.untokenize(tokens))

for source in ("(1,", "'''a", "1_"):
    try:
        list(tokenize.generate_tokens(io.StringIO(source).readline))
    except tokenize.TokenError as error:
        print(error)

for bad in (lambda: 1, lambda: b"x"):
    try:
        next(_tokenize.TokenizerIter(bad, extra_tokens=False))
    except TypeError as error:
        print(error)


def lines():
    yield "a = 1\n"
    yield "b = 2"


print([t.string for t in tokenize.generate_tokens(lines().__next__)])
