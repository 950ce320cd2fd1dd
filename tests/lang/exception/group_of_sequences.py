# Exception groups take any sequence and keep what it looked like; they are generic; derive() has to return a group.
import collections


class Odd(ExceptionGroup):
    def derive(self, exceptions):
        return 42


group = ExceptionGroup("text", collections.deque([ValueError(1), TypeError(2)]))
print(repr(group), group.exceptions, group.args)
print(ExceptionGroup[int], BaseExceptionGroup[int])
for wrong in ({}, {1}, 3, {ValueError(1): 2}, (x for x in [ValueError(1)])):
    try:
        ExceptionGroup("text", wrong)
    except TypeError as error:
        print(error)
for part in ("split", "subgroup"):
    try:
        getattr(Odd("odd", [ValueError(1), TypeError(2)]), part)(ValueError)
    except TypeError as error:
        print(error)
given = type("G", (), {"__annotations__": {"x": int}})
print(given.__annotations__)
print(hasattr(collections.defaultdict, "default_factory"), collections.defaultdict(list).default_factory)
