"""exec with the cells of code that has free variables; functions and cells made by their types."""
import _types as types


def outer(value):
    def inner():
        nonlocal value
        value += 1
        print("inner", value)

    return inner


inner = outer(1)
exec(inner.__code__, {"print": print}, closure=(types.CellType(10),))
exec(inner.__code__, closure=inner.__closure__)
inner()


def show(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


def plain(a, b=2):
    return a, b, name


show(lambda: exec(inner.__code__))
show(lambda: exec(inner.__code__, closure=()))
show(lambda: exec(inner.__code__, closure=(1,)))
show(lambda: exec("1", closure=(types.CellType(1),)))
show(lambda: exec(plain.__code__, closure=(types.CellType(1),)))
Function = types.FunctionType
names = {"name": "first", "__name__": "elsewhere"}
made = Function(plain.__code__, names, "made", (7,))
print(made(1), made.__name__, made.__qualname__, made.__module__, made.__globals__ is names, made.__defaults__)
names["name"] = "second"
print(made(1, 2))
again = Function(inner.__code__, {"print": print}, closure=(types.CellType(5),))
again()
print(again.__closure__[0].cell_contents)
show(lambda: Function())
show(lambda: Function(1, {}))
show(lambda: Function(plain.__code__, 1))
show(lambda: Function(plain.__code__, {}, 1))
show(lambda: Function(plain.__code__, {}, "n", 1))
show(lambda: Function(inner.__code__, {}))
show(lambda: Function(inner.__code__, {}, None, None, ()))
show(lambda: Function(inner.__code__, {}, None, None, (1,)))
show(lambda: Function(plain.__code__, {}, closure=3))
show(lambda: Function(plain.__code__, {}, kwdefaults=1))
show(lambda: Function(plain.__code__, {"__builtins__": {"own": 1}}).__builtins__)
cell = types.CellType()
show(lambda: cell.cell_contents)
cell.cell_contents = 3
show(lambda: cell.cell_contents)
show(lambda: types.CellType(1, 2))
