"""Type aliases: evaluated lazily and once; subscription, union, scopes."""

log = []
type A = log.append("A") or int
print(log, A, A.__name__, A.__module__, A.__type_params__, A.__parameters__, type(A))
print(A.__value__, A.__value__, log)
print(A.evaluate_value(1), log, A.evaluate_value.__name__)
try:
    A[int]
except TypeError as error:
    print(error)
type Pair[T, U = str] = tuple[T, U]
print(Pair, Pair.__value__, Pair.__type_params__, Pair.__parameters__)
print(Pair[int, str], Pair[int], type(Pair[int]), Pair[int].__origin__, Pair[int].__args__, Pair[int].__value__)
print(A | int, int | A, A | None, A | Pair[int], Pair[int] | list[int], (A | int).__args__)
for text in ("A | 'x'", "'x' | A", "A()", "isinstance(1, A)", "A.__value__()"):
    try:
        print(eval(text))
    except TypeError as error:
        print(text, error)
type Recursive = list[Recursive] | int
print(Recursive.__value__, Recursive.__value__.__args__[0].__args__[0] is Recursive)
type Missing = missing
for _ in range(2):
    try:
        Missing.__value__
    except NameError as error:
        print(error)
missing = "there now"
print(Missing.__value__)


class C:
    inner = "in class"
    type B = inner
    type D[T] = (inner, T)
    print(B, D.__value__[0])


print(C.B.__value__, C.B.__module__, C.B.evaluate_value.__qualname__)


def function():
    local = "local"
    type L = local
    local = "changed"
    return L


print(function().__value__, function().__name__)
make = type(A)
M = make("M", int | str)
print(M, M.__value__, M.__module__, M.__type_params__, M.evaluate_value, M.evaluate_value(1), M.evaluate_value(4))
(T,) = (lambda: Pair.__type_params__[:1])()
N = make("N", list[T], type_params=(T,))
print(N, N[int], N.__parameters__, N.__reduce__())
for args, keywords in (((), {}), ((1, 2), {}), (("X",), {}), (("X", int), {"type_params": [T]}), (("X", int), {"type_params": (1,)}), (("X", int), {"type_params": Pair.__type_params__[::-1]})):
    try:
        print(make(*args, **keywords))
    except TypeError as error:
        print(error)
for name in ("__name__", "__value__", "other"):
    try:
        setattr(A, name, 1)
    except AttributeError:
        print("AttributeError", name)

# `type` is a name elsewhere.
type = type
print(type(1), type)
type: int = 3
type[0:0] if False else type
type.__add__
(type) = 4
type, other = 5, 6
print(type, other)
type = type == 5
print(type)


def type(x):
    return ["called", x]


type (1)
type [0] if 0 else print(type(2))
type type = int
print(type, type.__value__)
type match = str; print(match.__value__)
