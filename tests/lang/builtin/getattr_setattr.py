class C:
    cls_attr = 1

    def __init__(self):
        self.x = 5


c = C()
print(
    getattr(c, "x"),
    getattr(c, "nope", "default"),
    getattr(c, "nope", None),
    getattr(C, "cls_attr"),
    getattr("abc", "upper")(),
    hasattr(c, "x"),
    hasattr(c, "nope"),
    hasattr(5, "real"),
)
setattr(c, "y", 7)
setattr(c, "strange name", 8)
delattr(c, "x")
print(c.y, vars(c), getattr(c, "strange name"), hasattr(c, "x"), c.__dict__ == vars(c))
for name in ("a", "b"):
    setattr(C, name, name * 2)
print(C.a, c.b)


class Raises:
    @property
    def bad(self):
        raise ValueError("from property")

    @property
    def attr_error(self):
        raise AttributeError("hidden")


for f in (
    lambda: getattr(c, "zzz"),
    lambda: getattr(c),
    lambda: getattr(c, 5),
    lambda: setattr(c, 5, 1),
    lambda: setattr(c, "x"),
    lambda: delattr(c, "zzz"),
    lambda: setattr(5, "x", 1),
    lambda: hasattr(c),
    lambda: hasattr(Raises(), "bad"),
    lambda: vars(5),
    lambda: setattr([], "x", 1),
    lambda: delattr("", "upper"),
    lambda: hasattr(c, 1),
):
    try:
        print(f())
    except Exception as error:
        print(type(error).__name__, error)
print(hasattr(Raises(), "attr_error"), getattr(Raises(), "attr_error", "fallback"))
