def raises():
    yield 1
    raise ValueError("in generator")


g = raises()
print(next(g))
try:
    next(g)
except ValueError as error:
    print(error)
print(next(g, "finished after error"))


def stop_inside():
    yield 1
    raise StopIteration("explicit")


try:
    list(stop_inside())
except RuntimeError as error:
    print(error, repr(error.__cause__))


def next_inside():
    yield next(iter([]))


try:
    list(next_inside())
except RuntimeError as error:
    print(error)


def reentrant():
    yield next(me)


me = reentrant()
try:
    next(me)
except ValueError as error:
    print(error)
for f in (lambda: len(raises()), lambda: raises()[0], lambda: raises() + raises(), lambda: next(raises)):
    try:
        f()
    except TypeError as error:
        print(error)


def with_context():
    try:
        yield 1
    finally:
        print("finally runs")


g = with_context()
try:
    for x in g:
        raise KeyError("consumer fails")
except KeyError as error:
    print(error)
g.close()


def handles():
    while True:
        try:
            yield "value"
        except Exception as error:
            print("handled", repr(error))


g = handles()
next(g)
print(g.throw(ValueError("v")), g.throw(TypeError))
g.close()


def exception_state():
    try:
        raise ValueError("inside")
    except ValueError:
        yield 1
        try:
            raise
        except ValueError as error:
            yield f"reraised {error}"


print(list(exception_state()))


def outer_context():
    yield 1
    raise KeyError("k")


g = outer_context()
next(g)
try:
    try:
        raise ValueError("outer")
    except ValueError:
        next(g)
except KeyError as error:
    print(repr(error.__context__))
