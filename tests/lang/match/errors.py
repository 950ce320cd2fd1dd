"""What patterns raise, and the protocols that they use."""


def report(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


class None_:
    pass


class Bad:
    __match_args__ = ["x"]


class Worse:
    __match_args__ = (1,)


class Two:
    __match_args__ = ("a", "b")
    a = 1
    b = 2


class Lazy:
    @property
    def a(self):
        raise ValueError("a is not to be had")

    @property
    def b(self):
        raise AttributeError("b")


def class_pattern(value, cls):
    match value:
        case cls(1):
            return "matched one"
        case cls():
            return "matched none"
    return "no match"


report(lambda: class_pattern(None_(), None_))
report(lambda: class_pattern(Bad(), Bad))
report(lambda: class_pattern(Worse(), Worse))
report(lambda: class_pattern(Two(), Two))
report(lambda: class_pattern(1, int))
report(lambda: class_pattern(1, 5))
report(lambda: class_pattern(object(), object))


def three(value):
    match value:
        case Two(1, 2, 3):
            return "three"


report(lambda: three(Two()))
report(lambda: three(5))


def repeated(value):
    match value:
        case Two(1, a=1):
            return "twice"


report(lambda: repeated(Two()))


def int_twice(value):
    match value:
        case int(1, 2):
            return "twice"


report(lambda: int_twice(1))


def attributes(value):
    match value:
        case Lazy(b=1):
            return "b"
        case Lazy(a=1):
            return "a"


report(lambda: attributes(Lazy()))

key = "same"


class Keys:
    key = "same"
    other = "same"


def keys(value):
    match value:
        case {Keys.key: 1, Keys.other: 1}:
            return "keys"


report(lambda: keys({"same": 1, "b": 2}))
report(lambda: keys({"same": 1}))


class Default(dict):
    def __missing__(self, key):
        print("missing", key)
        return 1

    def get(self, key, default=None):
        print("get", key)
        return super().get(key, default)


def defaults(value):
    match value:
        case {"a": 1, "b": b}:
            return b
    return "no match"


report(lambda: defaults(Default(a=1, c=2)))
report(lambda: defaults(Default(a=1, b=2)))


class Meta(type):
    def __instancecheck__(cls, other):
        print("instancecheck", other)
        return other == 5


class Checked(metaclass=Meta):
    pass


def checked(value):
    match value:
        case Checked():
            return "checked"
    return "not checked"


report(lambda: checked(5))
report(lambda: checked(6))


class Seq(list):
    def __len__(self):
        print("len")
        return super().__len__()

    def __getitem__(self, at):
        print("getitem", at)
        return super().__getitem__(at)

    def __iter__(self):
        print("iter")
        return super().__iter__()


def sequence(value):
    match value:
        case [_]:
            return "one"
        case [1, *_, last] if last != 4:
            return "many", last
        case [a, b, *c]:
            return a, b, c


report(lambda: sequence(Seq([1, 2, 3])))
report(lambda: sequence(Seq([1, 2, 4])))
for source in (
    "match 1:\n case x: pass\n case 2: pass",
    "match 1:\n case _: pass\n case 2: pass",
    "match 1:\n case x | 2: pass",
    "match 1:\n case _ | 2: pass",
    "match 1:\n case (x as y) | 2: pass",
    "match 1:\n case [x, x]: pass",
    "match 1:\n case [x, *x]: pass",
    "match 1:\n case [*a, *b]: pass",
    "match 1:\n case [a] | [b]: pass",
    "match 1:\n case [a, b] | [b]: pass",
    "match 1:\n case {1: a, 1: b}: pass",
    "match 1:\n case {1: a, True: b}: pass",
    "match 1:\n case {'k': a, 'k': b}: pass",
    "match 1:\n case C(a=1, a=2): pass",
    "match 1:\n case C(a=x, b=x): pass",
    "match 1:\n case {**rest, 'a': 1}: pass",
    "match 1:\n case __debug__: pass",
    "match 1:\n case 1 + 1: pass",
    "match 1:\n case a.b as c.d: pass",
    "match 1:\n case f'x': pass",
):
    try:
        compile(source, "<source>", "exec")
        print("compiled", source)
    except SyntaxError as e:
        print(e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset)
