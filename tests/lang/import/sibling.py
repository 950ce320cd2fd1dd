import _helper
import _helper as h
from _helper import value, double as twice, Thing
from _helper import (
    value as v2,
    names,
)

print(
    _helper.value,
    h is _helper,
    value,
    twice(4),
    Thing().describe(),
    v2,
    names(),
    _helper.__name__,
    _helper.__doc__,
)
_helper.value = "changed"
print(value, h.value, _helper.get_value())


def inside():
    import _helper as again
    from _helper import value as current

    return again.value, current


print(inside(), "_helper" in dir(), hasattr(_helper, "value"), _helper.__file__.endswith("_helper.py"))
import sys

print("_helper" in sys.modules, sys.modules["_helper"] is _helper, sys.modules["__main__"].value)
