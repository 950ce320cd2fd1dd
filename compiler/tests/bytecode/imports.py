import a
import a.b.c
import a.b as d
from m import n, o as p
from .. import q
from r import *


def f():
    from s import t
    import u
