import math
import sys
from math import sqrt, pi as PI

print(
    math.sqrt(16),
    sqrt(25),
    PI == math.pi,
    repr(math).startswith("<module 'math'"),
    type(math).__name__,
    math.__name__,
)
math.custom = 5
print(math.custom, hasattr(math, "custom"), "sqrt" in dir(math), sys.modules["math"] is math)
try:
    math.nope
except AttributeError as error:
    print(error)
try:
    del math.nope
except AttributeError as error:
    print(error)
m = __import__("math")
print(m is math)
import os.path

print(os.path.join("a", "b"), os.path is sys.modules["os.path"])
import _helper

print(vars(_helper)["value"], repr(_helper).startswith("<module '_helper' from '"), callable(_helper.double))
