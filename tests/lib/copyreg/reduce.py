"""How objects say that they are copied: __reduce_ex__, __getstate__ and what classes may say instead."""
import copy
import copyreg


class Plain:
    def __init__(self, value):
        self.value = value


class Slots:
    __slots__ = ("a", "b", "__dict__")


class Args:
    def __new__(cls, *args, **named):
        self = super().__new__(cls)
        self.args = args, named
        return self

    def __getnewargs__(self):
        return 1, 2


class NamedArgs(Args):
    def __getnewargs_ex__(self):
        return (3,), {"name": 4}


class Own:
    def __reduce__(self):
        return Plain, (5,)


class State:
    def __getstate__(self):
        return "state"

    def __setstate__(self, state):
        self.was = state


class MyList(list):
    pass


class MyDict(dict):
    pass


class MyInt(int):
    pass


def show(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


def listed(reduced):
    """The parts of a reduction, with iterators as lists."""
    return tuple(list(part) if hasattr(part, "__next__") else part for part in reduced) if type(reduced) is tuple else reduced


plain, slots = Plain(1), Slots()
slots.a, slots.other = 2, 3
mine = MyList([1, 2])
mine.note = "n"
for thing in plain, slots, Args(7), NamedArgs(), State(), mine, MyDict(k=1), MyInt(4), object(), Plain.__new__(Plain):
    for protocol in 0, 2, 4:
        show(lambda: [getattr(part, "__name__", part) for part in listed(thing.__reduce_ex__(protocol))][:1])
    show(lambda: [part for part in listed(thing.__reduce_ex__(2))][2:])
    show(lambda: thing.__getstate__())
show(lambda: Own().__reduce_ex__(2)[1])
for thing in (
    bytearray(b"xy"), ValueError("x", 1), OSError(2, "no", "file"), OSError(2, "no", "a", None, "b"), {1}, frozenset([2]), range(1, 9, 2),
    slice(1, 2), print, [].append, "a".upper, str.upper, ImportError("m", name="n", path="p"), KeyError(3),
):
    show(lambda: listed(thing.__reduce_ex__(4)))
show(lambda: bytearray(b"xy").__reduce_ex__(2))
show(lambda: (b"b".__getnewargs__(), (1j).__getnewargs__(), "s".__getnewargs__(), (1.5).__getnewargs__(), (3).__getnewargs__()))
for thing in (n for n in []), copyreg, type(plain).__dict__:
    show(lambda: thing.__reduce_ex__(4))
for thing in plain, slots, State(), mine, MyDict(k=1), MyInt(4), Args(7), NamedArgs(), Own():
    again = copy.copy(thing)
    print(type(again).__name__, again is thing, getattr(again, "__dict__", None), again == thing)
error = ValueError("x")
error.extra = [1]
again = copy.copy(error)
print(again.args, again.extra is error.extra, copy.deepcopy(error).extra is error.extra)
show(lambda: ValueError().__setstate__(3))


class Broken:
    def __getnewargs__(self):
        return [1]


class BrokenEx:
    def __getnewargs_ex__(self):
        return (1,)


show(lambda: Broken().__reduce_ex__(2))
show(lambda: BrokenEx().__reduce_ex__(2))
method = plain.__init__
show(lambda: method.__reduce__()[1][1])
show(lambda: type(method)(lambda self, x: (self, x), 3)(4))
show(lambda: type(method)(3, 4))
show(lambda: type(method)(print, None))
