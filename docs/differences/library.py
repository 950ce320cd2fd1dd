"""Much of CPython's library is not there yet.

Cause: Argil's library grows module by module; `sys.stdlib_module_names` says what it has. A module that it has not
is a ModuleNotFoundError as for any other, and the traceback says what can be done.
Workaround: a file of the module's name beside the script is imported, so write the few functions that are needed, or
copy the module if it is plain Python.

CPython prints:
    json: fine
    re: fine
    math: fine
Argil prints:
    json: No module named 'json'
    re: No module named 're'
    math: fine
"""

for name in ("json", "re", "math"):
    try:
        __import__(name)
        print(f"{name}: fine")
    except ModuleNotFoundError as error:
        print(f"{name}: {error}")
