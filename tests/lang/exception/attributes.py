try:
    next(iter([]))
except StopIteration as e:
    print(repr(e), e.value)
e = StopIteration(5)
print(e.value, e.args)
try:
    {}["missing"]
except KeyError as e:
    print(str(e), e.args, repr(e))
print(str(KeyError(1, 2)), str(KeyError()), str(KeyError("")))
try:
    open("/nonexistent/file")
except FileNotFoundError as e:
    print(e, e.errno, e.strerror, e.filename, e.args, repr(e))
e = OSError(2, "message", "name")
print(
    type(e).__name__,
    e,
    OSError("plain"),
    OSError(13, "denied").__class__.__name__,
    OSError(99999, "x").__class__.__name__,
    OSError().errno,
)
try:
    object().attr
except AttributeError as e:
    print(e, e.name, type(e.obj))
try:
    missing_name
except NameError as e:
    print(e, e.name)
try:
    import no_such_module
except ModuleNotFoundError as e:
    print(e, e.name, e.path)
try:
    from math import no_such_thing
except ImportError as e:
    print(str(e).split(" (")[0], e.name)
e = SystemExit(3)
print(e.code, SystemExit().code, SystemExit("bye").code)
try:
    b"\xff".decode()
except UnicodeDecodeError as e:
    print(e.encoding, e.object, e.start, e.end, e.reason)
print(
    BaseException("b").args,
    Exception(1, 2, 3),
    repr(Exception()),
    repr(Exception(1, 2)),
    repr(Exception([1])),
    Exception("a") == Exception("a"),
)
try:
    Exception(x=1)
except TypeError as e:
    print(e)
