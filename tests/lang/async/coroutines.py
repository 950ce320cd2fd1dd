"""Coroutines driven by hand: await, send, throw, close."""


class Pause:
    """Awaited, yields its value once and returns what is sent."""

    def __init__(self, value):
        self.value = value

    def __await__(self):
        got = yield self.value
        return got


def drive(coroutine, *sent):
    """Runs a coroutine, sending one value after the other, and tells what it yields and returns."""
    steps = []
    sent = [None, *sent]
    try:
        while True:
            steps.append(coroutine.send(sent.pop(0) if sent else None))
    except StopIteration as e:
        return steps, e.value


async def double(x):
    got = await Pause(x)
    return (x, got)


async def chain():
    a = await double(1)
    b = await double(2)
    return [a, b]


print(drive(chain(), "first", "second"))
c = double(3)
print(type(c).__name__, c.__name__, c.__qualname__, c.cr_running, hasattr(c, "__iter__"), hasattr(c, "__next__"))
print(repr(c).startswith("<coroutine object double at 0x"))
print(c.send(None))
try:
    c.send("done")
except StopIteration as e:
    print("returned", e.value)
for again in (lambda: c.send(None), lambda: c.throw(ValueError), lambda: c.close()):
    try:
        print(again())
    except RuntimeError as e:
        print(type(e).__name__, e)


async def handles():
    try:
        await Pause("waiting")
    except ValueError as e:
        return f"handled {e}"
    finally:
        print("cleanup")


c = handles()
c.send(None)
try:
    c.throw(ValueError("thrown"))
except StopIteration as e:
    print(e.value)
c = handles()
c.send(None)
print(c.close())


async def stubborn():
    try:
        await Pause(1)
    except GeneratorExit:
        await Pause(2)


c = stubborn()
c.send(None)
try:
    c.close()
except RuntimeError as e:
    print(e)


async def stops():
    raise StopIteration(5)


try:
    stops().send(None)
except RuntimeError as e:
    print(e, type(e.__cause__).__name__)
try:
    double(1).send(2)
except TypeError as e:
    print(e)


async def awaits(x):
    return await x


class NoIterator:
    def __await__(self):
        return 5


class ReturnsCoroutine:
    def __await__(self):
        return double(1)


def generator():
    yield 1


for wrong in (5, None, "text", NoIterator(), ReturnsCoroutine(), generator(), [Pause(1)]):
    try:
        awaits(wrong).send(None)
    except TypeError as e:
        print(e)


class NextOnly:
    def __init__(self):
        self.n = 0

    def __await__(self):
        return self

    def __iter__(self):
        return self

    def __next__(self):
        self.n += 1
        if self.n > 2:
            raise StopIteration("value of next")
        return self.n


print(drive(awaits(NextOnly())))


async def twice():
    inner = double(1)

    async def first():
        return await inner

    f = first()
    f.send(None)
    try:
        await inner
    except RuntimeError as e:
        print(e)
    f.close()


drive(twice())
wrapper = double(8).__await__()
print(type(wrapper).__name__, next(wrapper))
try:
    wrapper.send("x")
except StopIteration as e:
    print(e.value)
for use in (lambda c: iter(c), lambda c: next(c), lambda c: [*c], lambda c: list(x for x in c)):
    c = double(1)
    try:
        use(c)
    except TypeError as e:
        print(e)
    c.close()


def delegating():
    yield from double(1)


try:
    next(delegating())
except TypeError as e:
    print(e)


async def arguments(a, b=2, *args, c, **kw):
    return a, b, args, c, kw


print(drive(arguments(1, c=3)), drive(arguments(1, 2, 3, c=4, d=5)))
print(drive((lambda: awaits(double("lambda")))(), 1))


class Thing:
    async def method(self):
        return await double(self)

    @classmethod
    async def of_class(cls):
        return cls.__name__

    @staticmethod
    async def plain():
        return "static"


print(drive(Thing.of_class()), drive(Thing.plain()), drive(Thing().method(), 1)[1][1])


async def closure(n):
    total = 0

    async def add(x):
        nonlocal total
        total += await Pause(x)

    for i in range(n):
        await add(i)
    return total


print(drive(closure(3), 10, 20, 30))


async def with_comprehension():
    return [await double(x) for x in range(3)], {x: await double(x) for x in "ab"}, {await Pause(1) or 5}


print(drive(with_comprehension(), 1, 2, 3, 4, 5, 6))


async def recursive(n):
    return 0 if n == 0 else 1 + await recursive(n - 1)


print(drive(recursive(200)))


async def conditional(x):
    return (await double(1) if x else await double(2)) and not await Pause(3) or [*await Pause(4)]


print(drive(conditional(True), "a", True, (7, 8)), drive(conditional(False), "a", False))


def code_flags(f):
    return f.__code__.co_flags & (0x20 | 0x80 | 0x200)


async def asynchronous():
    yield


print(code_flags(double), code_flags(generator), code_flags(asynchronous), code_flags(drive))
