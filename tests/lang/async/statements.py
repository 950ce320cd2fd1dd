"""async for, async with, asynchronous comprehensions."""


class Pause:
    def __init__(self, value=None):
        self.value = value

    def __await__(self):
        return (yield self.value)


def run(coroutine):
    steps = 0
    try:
        while True:
            coroutine.send(steps)if steps else coroutine.send(None)
            steps += 1
    except StopIteration as e:
        return steps, e.value


class Count:
    def __init__(self, n, fails=None):
        self.n, self.fails, self.i = n, fails, 0

    def __aiter__(self):
        return self

    async def __anext__(self):
        await Pause()
        if self.i == self.fails:
            raise ValueError("failed")
        if self.i >= self.n:
            raise StopAsyncIteration
        self.i += 1
        return self.i


class Manager:
    def __init__(self, name, swallow=False, fail=None):
        self.name, self.swallow, self.fail = name, swallow, fail

    async def __aenter__(self):
        await Pause()
        print("enter", self.name)
        if self.fail == "enter":
            raise OSError("enter")
        return self.name

    async def __aexit__(self, kind, value, traceback):
        await Pause()
        print("exit", self.name, kind and kind.__name__, value, traceback is not None)
        if self.fail == "exit":
            raise OSError("exit")
        return self.swallow


async def loops():
    out = []
    async for x in Count(3):
        out.append(x)
    else:
        out.append("else")
    async for x in Count(9):
        if x == 2:
            continue
        if x == 4:
            break
        out.append(x)
    else:
        out.append("no")
    async for a, b in pairs():
        out.append(a + b)
    async for out.last in Count(1) if False else pairs():
        break
    return out


class Out(list):
    pass


async def pairs():
    yield 1, 2
    await Pause()
    yield 3, 4


async def loop_errors():
    try:
        async for x in Count(5, fails=2):
            print("got", x)
    except ValueError as e:
        print(e)
    for wrong in (5, [1], Half(), Third()):
        try:
            async for x in wrong:
                pass
        except TypeError as e:
            print(e, "|", e.__cause__)


class Half:
    def __aiter__(self):
        return 5


class Third:
    def __aiter__(self):
        return self

    def __anext__(self):
        return 7


async def managers():
    async with Manager("a") as a, Manager("b") as b:
        print(a, b)
    async with Manager("swallows", swallow=True):
        raise ValueError("swallowed")
    try:
        async with Manager("passes"):
            raise ValueError("passed")
    except ValueError as e:
        print("caught", e)
    for fail in ("enter", "exit"):
        try:
            async with Manager(fail, fail=fail):
                raise KeyError("inner")
        except OSError as e:
            print("caught", e, repr(e.__context__))
    return await leaving()


async def leaving():
    for n in range(3):
        async with Manager(f"loop {n}"):
            if n == 0:
                continue
            if n == 1:
                break
    async with Manager("return"):
        return "returned"


class Sync:
    def __enter__(self):
        return self

    def __exit__(self, *args):
        pass


class NotAwaitable:
    def __aenter__(self):
        return 1

    def __aexit__(self, *args):
        return 2


class ExitNotAwaitable(NotAwaitable):
    async def __aenter__(self):
        return 1


async def manager_errors():
    for wrong in (5, Sync(), NotAwaitable(), ExitNotAwaitable()):
        try:
            async with wrong:
                print("in")
        except TypeError as e:
            print(e)
    try:
        with Manager("sync"):
            pass
    except TypeError as e:
        print(e)


async def comprehensions():
    squares = [x * x async for x in Count(4) if x != 2]
    table = {x: y async for x in Count(2) for y in "ab"}
    unique = {x % 2 async for x in Count(5)}
    nested = [[y async for y in Count(x)] async for x in Count(3)]
    both = [(x, y) for x in "pq" async for y in Count(2)]
    lazy = (x + 1 async for x in Count(3))
    print(type(lazy).__name__)
    waited = [await Pause(x) for x in "ab"]
    first = await anext(lazy)
    rest = [x async for x in lazy]
    inner = [[await Pause(1) for _ in range(1)] for _ in range(2)]
    return squares, table, unique, nested, both, len(waited), first, rest, len(inner)


def sync_function():
    return (x async for x in Count(2)), (await_ async for await_ in Count(1))


async def of_generators():
    return [[x async for x in g] for g in sync_function()]


try:
    print(run(loops()))
except AttributeError as e:
    print("AttributeError", e)
run(loop_errors())
print(run(managers()))
run(manager_errors())
print(run(comprehensions()))
print(run(of_generators()))
for source in (
    "await x",
    "def f(): await x",
    "class C: await x",
    "async for x in y: pass",
    "def f():\n async for x in y: pass",
    "def f():\n async with x: pass",
    "async with x: pass",
    "def f(): return [x async for x in y]",
    "[x async for x in y]",
    "def f(): return [await x for x in y]",
    "async def f(): yield from x",
    "async def f():\n yield 1\n return 2",
    "async def f():\n yield 1\n return",
    "async def f(): return [(yield x) for x in y]",
    "def f(): return (await x for x in y)",
    "async def f():\n def g(): await x",
    "async def f(): lambda: await x",
    "async def f(x=await y): pass",
    "async def f():\n  [lambda: [await x] for x in y]",
    "async def f(): return {x async for x in y async for z in x}",
    "async = 1",
    "await = 1",
    "async x",
):
    try:
        compile(source, "<source>", "exec")
        print("compiled", repr(source))
    except SyntaxError as e:
        print(e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset)
