"""Asynchronous generators: steps, athrow, aclose, and their errors."""

import os
import sys


class Pause:
    def __init__(self, value=None):
        self.value = value

    def __await__(self):
        return (yield self.value)


def run(awaitable):
    steps = []
    iterator = awaitable.__await__()
    try:
        while True:
            steps.append(next(iterator))
    except StopIteration as e:
        return steps, e.value
    except BaseException as e:
        return steps, f"{type(e).__name__}: {e}"


async def numbers(n):
    try:
        for i in range(n):
            await Pause(f"pause {i}")
            got = yield i
            if got is not None:
                print("got", got)
    except ValueError as e:
        print("handled", e)
        yield "after error"
    finally:
        print("finally")


g = numbers(3)
print(type(g).__name__, g.__name__, g.ag_running, repr(g).startswith("<async_generator object numbers at"))
print(g.__aiter__() is g, aiter(g) is g, hasattr(g, "__next__"), hasattr(g, "__iter__"))
print(run(g.__anext__()), run(g.asend("hello")), run(anext(g)), run(g.__anext__()), run(g.__anext__()))
g = numbers(3)
print(run(g.__anext__()), run(g.athrow(ValueError("thrown"))), run(g.__anext__()))
g = numbers(3)
print(run(g.__anext__()), run(g.aclose()), run(g.aclose()), run(g.__anext__()), run(g.athrow(KeyError("late"))))
g = numbers(3)
print(run(g.aclose()), run(g.__anext__()))
g = numbers(3)
print(run(g.athrow(KeyError("early"))), run(g.__anext__()))
g = numbers(3)
print(run(g.asend("too early")))
g = numbers(1)
print(run(anext(g, "default")), run(anext(g, "default")), run(anext(g, "default")))


async def stubborn():
    try:
        yield 1
    except GeneratorExit:
        yield 2


async def awaits_at_exit():
    try:
        yield 1
    finally:
        await Pause("closing")


async def stops(kind):
    yield 1
    raise kind("inside")


g = stubborn()
print(run(g.__anext__()), run(g.aclose()))
g = awaits_at_exit()
print(run(g.__anext__()), run(g.aclose()))
for kind in (StopIteration, StopAsyncIteration, ValueError):
    g = stops(kind)
    print(run(g.__anext__()), run(g.__anext__()), run(g.__anext__()))

# Steps that overlap, and steps used twice.
g = numbers(3)
step = g.__anext__()
print(step.send(None), g.ag_running)
for other in (g.__anext__(), g.asend(1), g.athrow(ValueError), g.aclose()):
    try:
        other.send(None)
    except RuntimeError as e:
        print(e)
try:
    step.send(None)
except StopIteration as e:
    print(e.value, g.ag_running)
for again in (lambda: step.send(None), lambda: step.throw(ValueError), lambda: step.close()):
    try:
        print(again())
    except RuntimeError as e:
        print(e)
step = g.__anext__()
print(step.send(None))
try:
    print(step.throw(ValueError("into the pause")))
except StopIteration as e:
    print("stopped", e.value)
g = numbers(3)
step = g.__anext__()
step.send(None)
print(step.close(), run(g.__anext__()))
done = g.aclose()
print(run(done))
try:
    done.send(None)
except RuntimeError as e:
    print(e)

for wrong in (lambda: aiter([1]), lambda: anext([1]), lambda: anext(iter([1]), 2), lambda: iter(numbers(1)), lambda: next(numbers(1))):
    try:
        wrong()
    except TypeError as e:
        print(e)


class Bad:
    def __aiter__(self):
        return 5


try:
    aiter(Bad())
except TypeError as e:
    print(e)


async def delegate(n):
    async for x in numbers(n):
        yield x * 10


async def collect(n):
    return [x async for x in delegate(n)]


print(run(collect(2)))


async def tricky():
    yield None
    yield StopIteration(3)
    yield (1, 2)
    yield [await Pause("in yield")]


async def all_of(g):
    out = []
    async for x in g:
        out.append(x)
    return out


print(run(all_of(tricky())))


class Stops:
    def __next__(self):
        raise StopIteration("its value")


try:
    next(Stops())
except StopIteration as e:
    print(e.value)
print(next(Stops(), "default"))

# What still waits is not closed: when that happens differs from one Python to the other.
sys.stdout.flush()
os._exit(0)
