from functools import partial, reduce

print(
    reduce(lambda a, b: a + b, [1, 2, 3]),
    reduce(lambda a, b: a * b, [1, 2, 3], 10),
    reduce(max, [3, 9, 2]),
    reduce(lambda a, b: b + a, "abc"),
    reduce(lambda a, b: a, [5]),
    reduce(lambda a, b: a, [], "initial"),
)
for f in (
    lambda: reduce(lambda a, b: a, []),
    lambda: reduce(5, [1, 2]),
    lambda: reduce(max, 5),
    lambda: reduce(max),
):
    try:
        f()
    except TypeError as error:
        print(error)
add = lambda a, b, c=0: (a, b, c)
p = partial(add, 1)
q = partial(p, c=5)
print(
    p(2),
    p(2, 3),
    q(2),
    q(2, c=9),
    p.func is add,
    q.args,
    q.keywords,
    partial(int, base=2)("101"),
    list(map(partial(pow, 2), range(4))),
    partial(print, "a", sep="-")("b"),
)
print(
    repr(partial(max, 1)).startswith("functools.partial(<built-in function max>, 1)"),
    callable(p),
    isinstance(p, partial),
)
for f in (lambda: partial(), lambda: partial(5), lambda: p(), lambda: p(1, 2, 3)):
    try:
        f()
    except TypeError as error:
        print(error)
