"""Some of CPython's library is not there yet, or left out.

Cause: the library is CPython's own, but what it has in C is written anew, module by module;
`sys.stdlib_module_names` says what there is. tkinter, turtle, curses, idlelib, ensurepip and venv are left out.
Workaround: a module that lacks only its native part can be tried for with `try` and `except ImportError`, as the library
does itself.

CPython prints:
    json: fine
    re: fine
    cProfile: fine
Argil prints:
    json: fine
    re: fine
    cProfile: No module named 'cProfile'
"""

for name in ("json", "re", "cProfile"):
    try:
        __import__(name)
        print(f"{name}: fine")
    except ModuleNotFoundError as error:
        print(f"{name}: {error}")
