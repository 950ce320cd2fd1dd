async def f(x):
    a = await x
    async with x as y:
        await y
    async for z in x:
        print(z)
    return [b async for b in x]


async def g(x):
    yield await x
