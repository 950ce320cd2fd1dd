"""Annotations are evaluated when asked for, and once."""
import sys
me = sys.modules["__main__"]
log = []


def note(value):
    log.append(value)
    return value


def f(a: note(int), *args: note(str), k: note(1) = 2, **kw: missing) -> note("r"): ...


print(log, f.__annotate__.__name__, f.__annotate__.__qualname__)
for _ in range(2):
    try:
        f.__annotations__
    except NameError as error:
        print(error, log)
missing = "found"
print(f.__annotations__, f.__annotations__ is f.__annotations__, log)
print(f.__annotate__(1), f.__annotate__(1) is f.__annotations__)
for format in (2, 3, 4, 0):
    try:
        print(format, f.__annotate__(format))
    except NotImplementedError as error:
        print(format, "NotImplementedError", error)
f.__annotations__["new"] = 1
print(f.__annotations__["new"])
f.__annotations__ = {"x": 1}
print(f.__annotations__, f.__annotate__)
f.__annotate__ = lambda format: {"by": format}
print(f.__annotations__)
del f.__annotations__
print(f.__annotations__, f.__annotate__)
for value in (1, "x", []):
    for name in ("__annotations__", "__annotate__"):
        try:
            setattr(f, name, value)
        except TypeError as error:
            print(name, error)
f.__annotations__ = None
print(f.__annotations__)
print((lambda: 0).__annotations__, (lambda: 0).__annotate__)


class C:
    a: note("C.a")
    if True:
        b: int = 1
    else:
        c: str
    for i in range(0):
        d: str
    (e): float
    f.x: note("attribute")
    g: "text"


print(C.__annotations__, C.__annotate__(1), C.__annotate__.__qualname__)
C.__annotations__ = {"other": 1}
print(C.__annotations__, C.__annotate__)
del C.__annotations__
try:
    print(C.__annotations__)
except AttributeError as error:
    print(error)
C.__annotate__ = lambda format: {"set": format}
print(C.__annotations__)
C.__annotate__ = None
print(C.__annotations__)


class D(C):
    pass


class E:
    x: undefined


print(D.__annotations__, D.__annotate__)
for _ in range(2):
    try:
        E.__annotations__
    except NameError as error:
        print(error)
undefined = 3
print(E.__annotations__)


class Conditional:
    first: int
    match 1:
        case 1:
            matched: str
        case _:
            unmatched: str
    try:
        tried: int
        1 / 0
        late: int
    except ZeroDivisionError:
        caught: str
    finally:
        final: bytes
    with open(__file__):
        within: int
    while False:
        never: int
    else:
        after: int


print(list(Conditional.__annotations__))


def make(flag):
    class Local:
        always: flag
        if flag:
            sometimes: Local0
        nested: "text"

    return Local


Local0 = 5
print(make(0).__annotations__, make(1).__annotations__)
m: note("module")
if log:
    n: int
else:
    o: str
print(me.__annotations__, me.__annotate__.__name__)
for cls in (int, object):
    try:
        print(cls.__annotations__)
    except AttributeError as error:
        print(error)
try:
    int.__annotations__ = {}
except TypeError as error:
    print(error)


def local():
    x: note("local never")
    y: int = 3
    return y


print(local(), local.__annotations__, log)
