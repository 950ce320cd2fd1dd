# A subclass of a built-in class with half a constructor of its own takes keywords for that half.
for base, source in (list, [1, 2]), (tuple, (1, 2)), (set, {1}), (frozenset, {1}):

    class Plain(base):
        pass

    class WithInit(base):
        def __init__(self, source, extra=None):
            base.__init__(self, source) if base in (list, set) else None
            self.extra = extra

    class WithNew(base):
        def __new__(cls, source, extra=None):
            self = base.__new__(cls, source)
            self.extra = extra
            return self

    # `set` takes no keywords whatever its `__new__` is.
    for kind in (WithInit,) if base is set else (WithInit, WithNew):
        made = kind(source, extra=3)
        print(kind.__name__, made == source, made.extra)
    for kind in base, Plain:
        try:
            kind(source, extra=3)
        except TypeError as error:
            print(error)


class Slotted(set):
    __slots__ = ("x",)


import copy

slotted = Slotted([1])
slotted.x = 4
again = copy.copy(slotted)
print(again, again.x)
