print("a starts")
import _cycle_b

name = "a"


def get_b():
    return _cycle_b.name + _cycle_b.get_a()


print("a ends")
