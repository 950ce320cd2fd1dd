"""Code objects: their variables, flags and places; copies with other names."""
import sys


def outer(a, b=1, /, c=2, *rest, d, **named):
    """Documented."""
    local = a

    def inner():
        return local, b

    return inner


def plain():
    return 1


def generator():
    yield


async def coroutine():
    pass


async def asynchronous():
    yield


code = outer.__code__
print(code.co_varnames, code.co_cellvars, code.co_freevars, code.co_nlocals, code.co_firstlineno)
print(code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount)
inner = outer(1, d=2)
print(inner.__code__.co_freevars, inner.__code__.co_qualname, inner.__code__ in code.co_consts)
for function in outer, plain, generator, coroutine, asynchronous, inner:
    print(function.__name__, hex(function.__code__.co_flags))
print(hex(compile("1", "name", "eval").co_flags), outer.__code__.co_consts[0])
renamed = code.replace(co_name="other", co_filename="elsewhere.py", co_firstlineno=70)
print(renamed.co_name, renamed.co_filename, renamed.co_firstlineno, renamed == code)
print(code == code.replace(), hash(code) == hash(code.replace()), code != renamed, code == 3)


def show(function):
    try:
        print(function())
    except Exception as error:
        print(type(error).__name__, error)


show(lambda: code.replace(1))
show(lambda: code.replace(unknown=1))
show(lambda: code.replace(co_name=1))
show(lambda: code.replace(co_firstlineno="a"))
show(lambda: code < code)
show(lambda: code._varname_from_oparg(0))


def placed(value):
    first = value.one
    return (first +
            value.two)


lines = [line for _, _, line in placed.__code__.co_lines() if line and line > placed.__code__.co_firstlineno]
start = placed.__code__.co_firstlineno
print(sorted({line - start for line in lines}))
print(all(end > begin for begin, end, _ in placed.__code__.co_lines()))
spans = {(line - start, end - start, column, last) for line, end, column, last in placed.__code__.co_positions() if line}
print((1, 1, 12, 21) in spans, (3, 3, 12, 21) in spans)
scope = {}
exec(compile("def f(): return g()\ndef g(): raise KeyError('x')", "made.py", "exec").replace(co_name="m"), scope)
try:
    scope["f"]()
except KeyError as error:
    print(error.__traceback__.tb_next.tb_next.tb_frame.f_code.co_filename)
