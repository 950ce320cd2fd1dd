def g():
    try:
        yield 1
    except ValueError:
        yield "caught"
try:
    print(g().throw(ValueError))
except ValueError:
    print("escaped")


# The generator is finished then, and the traceback names the line of its `def`.
generator = g()
try:
    generator.throw(ValueError("v"))
except ValueError as error:
    print(error.__traceback__.tb_next.tb_lineno, list(generator))


def delegates():
    yield from g()


try:
    delegates().throw(KeyError("k"))
except KeyError as error:
    print(repr(error))
try:
    g().throw(StopIteration(3))
except StopIteration as error:
    print(repr(error))
try:
    (n for n in [1]).throw(KeyError("gone"))
except KeyError as error:
    print(repr(error))
