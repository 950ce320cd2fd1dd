"""The operator `<>`, an April fool's joke that CPython keeps, is not there; a script that asks for it does not start.

Cause: what Argil does not know is an error before the first line runs, never a different result.
Workaround: `!=`.

CPython prints:
    <>: fine
Argil prints:
    <>: not supported by Argil yet: the operator '<>'
"""

try:
    exec("from __future__ import barry_as_FLUFL\n1 <> 2", {})
    print("<>: fine")
except SyntaxError as error:
    print(f"<>: {error.msg}")
