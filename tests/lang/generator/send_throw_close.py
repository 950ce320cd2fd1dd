def echo():
    received = None
    while True:
        try:
            received = yield f"got {received}"
        except ValueError as error:
            received = f"error {error}"


g = echo()
print(next(g), g.send("a"), g.send("b"), g.throw(ValueError("bad")), g.send("c"))
g.close()
print(next(g, "closed"))


def averager():
    total, n = 0, 0
    average = None
    while True:
        value = yield average
        if value is None:
            return total, n
        total += value
        n += 1
        average = total / n


a = averager()
next(a)
print(a.send(10), a.send(20))
try:
    a.send(None)
except StopIteration as stop:
    print(stop.value)


def cleanup():
    try:
        yield 1
        yield 2
    except GeneratorExit:
        print("GeneratorExit seen")
        raise
    finally:
        print("cleaned up")


g = cleanup()
next(g)
print(g.close())
g = cleanup()
print(g.close(), list(g))


def stubborn():
    try:
        yield 1
    except GeneratorExit:
        yield 2


g = stubborn()
next(g)
try:
    g.close()
except RuntimeError as error:
    print(error)


def catches():
    try:
        yield 1
    except KeyError:
        return "caught"


g = catches()
next(g)
try:
    g.throw(KeyError)
except StopIteration as stop:
    print(stop.value)


def simple():
    yield 1


g = simple()
for f in (
    lambda: g.send(5),
    lambda: g.throw(ValueError("unstarted")),
    lambda: next(g),
    lambda: simple().throw(5),
    lambda: simple().send(),
    lambda: next(simple(), 1, 2),
):
    try:
        print(f())
    except Exception as error:
        print(type(error).__name__, error)


def closing_value():
    try:
        yield 1
    except GeneratorExit:
        return "value from close"


g = closing_value()
next(g)
print(g.close())
