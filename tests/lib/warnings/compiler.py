# What the compiler warns of goes through the module warnings, where filters can record it or make errors of it.
import ast
import warnings

DOUBTFUL = ["'\\d'", "b'\\d'", "'\\400'", "f'\\d{1}'", "1 is 1", "assert (1, 2)", "(1)(2)", "()[1.0]",
            "def f():\n    try: pass\n    finally: return 1", "[1][()]", "'a' 'b\\d'"]

for text in DOUBTFUL:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        compile(text, "place", "exec")
    for warning in caught:
        print(warning.category.__name__, warning.message, warning.filename, warning.lineno)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("error")
        try:
            compile(text, "place", "exec")
        except SyntaxError as error:
            print(error.msg, error.filename, error.lineno, caught)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("ignore")
        compile(text, "place", "exec")
    print(caught)

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    print(eval("'\\d' is 1"), ast.dump(ast.parse("'\\q'")))
for warning in caught:
    print(warning.message, warning.filename, warning.lineno)

