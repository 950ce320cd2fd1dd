"""Some statements are not there yet; a script that has one does not start.

Cause: Argil is a subset that grows. What it does not know is an error before the first line runs,
never a different result.
Workaround: `typing.TypeVar` and plain assignment for type parameters and `type`, f-strings for templates.

CPython prints:
    type parameters: fine
    type: fine
    template string: fine
Argil prints:
    type parameters: not supported by Argil yet: type parameters
    type: not supported by Argil yet: type statements
    template string: not supported by Argil yet: template strings
"""

STATEMENTS = {
    "type parameters": "def f[T](x: T): pass",
    "type": "type Number = int | float",
    "template string": "t'{1}'",
}
for name, text in STATEMENTS.items():
    try:
        exec(text, {})
        print(f"{name}: fine")
    except SyntaxError as error:
        print(f"{name}: {error.msg}")
