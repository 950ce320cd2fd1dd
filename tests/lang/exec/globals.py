"""exec and eval run in the dict that they are given itself; functions made there go on using it."""

space = {"given": 1}
exec("def read(): return given, later\nmade = given + 1\nglobal declared\ndeclared = 3", space)
space["later"] = "later"
print(space["read"](), space["made"], space["declared"], "__builtins__" in space)
space["given"] = 10
print(space["read"]())
del space["later"]
try:
    space["read"]()
except NameError as error:
    print(error)
print(space["read"].__globals__ is space, eval("given", space), eval("globals()", space) is space)
space.update(later=2, given=3)
print(space["read"](), len(space), sorted(key for key in space if not key.startswith("__")))
space.clear()
try:
    space.get("read", eval("lambda: later", space))()
except NameError as error:
    print(error)

code = compile("total = start + step\nresult.append(total)", "sum.py", "exec")
for start in 1, 2:
    names = {"start": start, "step": 10, "result": []}
    exec(code, names)
    print(names["result"], names["total"], "total" in globals())


class Recording:
    """A mapping that is no dict."""

    def __init__(self):
        self.log = []
        self.names = {}

    def __getitem__(self, name):
        self.log.append("get " + name)
        return self.names[name]

    def __setitem__(self, name, value):
        self.log.append("set " + name)
        self.names[name] = value

    def __delitem__(self, name):
        self.log.append("del " + name)
        del self.names[name]


mapping = Recording()
exec("a = 1\nb = a + len('xy')\ndel a\nprint(b)\ndef f(): return 1\nclass C: x = b", {"b": "global"}, mapping)
print(mapping.log, sorted(mapping.names), mapping.names["C"].x)
print(eval("b * 2 + outside", {"outside": 5}, mapping))
space = {}
local = {"x": 1}
exec("global g\ng = x\nh = [x + i for i in range(2)]\nfrom math import *\nlocals()['y'] = 7", space, local)
print(sorted(name for name in space if name != "__builtins__"), "pi" in local, local["h"], local["y"])
code = compile("x = 1\nglobal y\ny = 2", "c", "exec")
exec(code, space, local)
print(local["x"], space["y"], "y" in local and local["y"])


class Dict(dict):
    pass


sub = Dict(v=5)
exec("w = v + 1", sub)
print(sub["w"], type(sub).__name__)


def function():
    inside = 1
    exec("inside = 2; other = 3")
    exec("assert inside == 1")
    print(inside, "other" in locals(), eval("inside + 1"))
    names = locals()
    exec("inside = 4", globals(), names)
    return inside, names["inside"]


print(function())


class Body:
    here = 5
    exec("made = here + 1")
    print(made, eval("here"))


print(Body.made)


def show(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


show(lambda: exec("x", 1))
show(lambda: exec("x", {}, 1))
show(lambda: eval("1 + 1", None, {}))
show(lambda: eval("1", []))
show(lambda: eval("1", 1))
show(lambda: eval("1", {}, 1))
show(lambda: eval("x", {}, {"x": 3}))
show(lambda: eval("len([1])", {"__builtins__": {}}))
show(lambda: eval("len([1])", {"__builtins__": {"len": lambda of: "own"}}))
show(lambda: exec(b"print('bytes')", {}))
show(lambda: eval(compile("1 +\\\n 2", "", "eval")))
show(lambda: exec(3))
show(lambda: eval("nothing_here", {}))
exec("import sys; print(sys._getframe().f_locals['only'], sys._getframe().f_globals is not sys._getframe().f_locals)",
     {}, {"only": 1})
