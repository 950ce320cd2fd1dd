print("b starts")
import _cycle_a

name = "b"


def get_a():
    return _cycle_a.name


print("b sees a's name:", hasattr(_cycle_a, "name"))
