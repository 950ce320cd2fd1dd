"""f_locals writes through to the variables, also those in cells; other names are kept apart."""
import sys


def change():
    value, shared = 1, 2

    def reader():
        return shared

    names = sys._getframe().f_locals
    names["value"] = 10
    names["shared"] = 20
    names["other"] = 30
    print(value, shared, reader(), names["other"], "other" in locals())
    shared = 21
    print(names["shared"], sorted(key for key in names))
    return names


names = change()
print(type(names).__name__, len(names), names["value"], names["shared"])
names["value"] = 11
print(names["value"], names.pop("other"), names.pop("other", "gone"))


def show(function):
    try:
        print(function())
    except Exception as error:
        print(type(error).__name__, error)


def unbound():
    frame = sys._getframe()
    if False:
        never = 1
    print("never" in frame.f_locals)
    frame.f_locals["never"] = 5
    return never


show(unbound)
show(lambda: names["nothing"])
show(lambda: names.__delitem__("value"))
show(lambda: names.pop("value"))
show(lambda: names.popitem())
show(lambda: hash(names))
show(lambda: names[[]])
show(lambda: names.update([("value", 1)]))
show(lambda: names.update(value=1))
show(lambda: names.get("nothing", 1))
show(lambda: names.get())
show(lambda: names.setdefault("fresh", 3))
show(lambda: names.setdefault("fresh", 4))
show(lambda: (names | {"z": 1})["z"])
show(lambda: ({"value": 1} | names)["value"])
show(lambda: names | 3)
show(lambda: names == names.copy())
show(lambda: names.copy() == names)
show(lambda: names == 3)
show(lambda: list(reversed(names)) == list(names)[::-1] == names.keys()[::-1])
show(lambda: [name for name, _ in names.items()])
show(lambda: 12 if type(names)(sys._getframe()) else 13)
show(lambda: type(names)())
show(lambda: type(names)(3))
names |= {"value": 12}
print(names["value"])


def finished():
    frame = sys._getframe()
    kept = "kept"
    return frame


frame = finished()
print(frame.f_locals["kept"])
frame.clear()
print(frame.f_locals)
show(lambda: sys._getframe().clear())
show(lambda: setattr(frame, "f_lineno", 3))
show(lambda: setattr(frame, "f_lineno", "x"))
show(lambda: setattr(frame, "f_locals", {}))
frame.f_trace = print
print(frame.f_trace is print, frame.f_trace_lines, frame.f_trace_opcodes)
frame.f_trace_lines = False
del frame.f_trace
print(frame.f_trace, frame.f_trace_lines)
show(lambda: setattr(frame, "f_trace_lines", 1))
show(lambda: type(frame)())
