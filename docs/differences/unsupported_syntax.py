"""Some statements are not there yet; a script that has one does not start.

Cause: Argil is a subset that grows. What it does not know is an error before the first line runs,
never a different result.
Workaround: `if` and `isinstance` for `match`, threads for `async`, `except` and `split` for `except*`.

CPython prints:
    match: fine
    async def: fine
    except*: fine
    type parameters: fine
    type: fine
Argil prints:
    match: not supported by Argil yet: match statements
    async def: not supported by Argil yet: async def
    except*: not supported by Argil yet: except*
    type parameters: not supported by Argil yet: type parameters
    type: not supported by Argil yet: type statements
"""

STATEMENTS = {
    "match": "match 1:\n    case _: pass",
    "async def": "async def f(): pass",
    "except*": "try: pass\nexcept* ValueError: pass",
    "type parameters": "def f[T](x: T): pass",
    "type": "type Number = int | float",
}
for name, text in STATEMENTS.items():
    try:
        exec(text)
        print(f"{name}: fine")
    except SyntaxError as error:
        print(f"{name}: {error.msg}")
