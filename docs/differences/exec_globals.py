"""A function that `exec` defines in a dict does not share the dict: it sees a copy of its names.

Cause: the globals of a function are cells that its caches know; those of a plain dict are not. `exec`
copies the names into cells, runs the text, and copies them back.
Workaround: pass what the function needs as arguments, or run the text without a dict.

CPython prints:
    2
Argil prints:
    1
"""

scope = {"x": 1}
exec("def get(): return x", scope)
scope["x"] = 2
print(scope["get"]())
