"""The built-in classes that have no name in builtins."""

import _types


def function():
    yield


async def coroutine():
    async def generator():
        yield

    return generator()


made = coroutine()
try:
    made.send(None)
except StopIteration as stop:
    asynchronous = stop.value
try:
    raise ValueError
except ValueError as error:
    traceback = error.__traceback__
x = 1
for name, value in {
    "FunctionType": function,
    "LambdaType": lambda: 0,
    "GeneratorType": function(),
    "CoroutineType": made,
    "AsyncGeneratorType": asynchronous,
    "CodeType": function.__code__,
    "BuiltinFunctionType": len,
    "BuiltinMethodType": [].append,
    "MethodDescriptorType": str.join,
    "ClassMethodDescriptorType": dict.__dict__["fromkeys"],
    "ModuleType": _types,
    "TracebackType": traceback,
    "MappingProxyType": type.__dict__,
    "GenericAlias": list[int],
    "UnionType": int | str,
    "EllipsisType": ...,
    "NoneType": None,
    "NotImplementedType": NotImplemented,
    "CellType": (lambda: (lambda: y) if (y := x) else 0)().__closure__[0],
}.items():
    print(name, getattr(_types, name) is type(value))
