# What can be deleted of an exception, and what places SyntaxError takes.
error = OSError(2, "text", "file")
for name in ("args", "__cause__", "__context__", "__traceback__", "__suppress_context__"):
    try:
        delattr(error, name)
    except TypeError as wrong:
        print(wrong)
try:
    error.__suppress_context__ = 3
except TypeError as wrong:
    print(wrong)
for name in ("errno", "strerror", "filename"):
    delattr(error, name)
    print(getattr(error, name))
for place in ((), ("f", 1, 2), ("f", 1, 2, "text"), ("f", 1, 2, "text", 3), ("f", 1, 2, "text", 3, 4), tuple(range(8))):
    try:
        print(repr(SyntaxError("wrong", place)), SyntaxError("wrong", place).end_lineno)
    except TypeError as wrong:
        print(wrong)
