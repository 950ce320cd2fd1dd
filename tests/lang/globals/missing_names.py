# A dict of a script's class as globals is asked for names that it lacks, before the built-ins.
import annotationlib
import types


class Names(dict):
    def __missing__(self, key):
        if key == "gone":
            raise KeyError(key)
        return f"<{key}>"


def look():
    return anything, len


def absent():
    return gone


names = Names()
made = types.FunctionType(look.__code__, names)
print(made())
names["anything"] = 3
print(made())
del names["anything"]
print(made())
print(made())
try:
    types.FunctionType(absent.__code__, names)()
except NameError as error:
    print(error)
print(eval("x, y, print is not None", names))


class Plain(dict):
    pass


print(types.FunctionType((lambda: len).__code__, Plain())())


class Annotated:
    x: Unknown[int]
    y: "str" = ""


found = annotationlib.get_annotations(Annotated, format=annotationlib.Format.FORWARDREF)
print(found["x"].__forward_arg__, found["y"])
print(annotationlib.get_annotations(Annotated, format=annotationlib.Format.STRING))
