from _starred import *

print(public, also_public, "_private" in dir(), "not_listed" in dir())
from _helper import *

print(value, double(3), "_hidden" in globals())
