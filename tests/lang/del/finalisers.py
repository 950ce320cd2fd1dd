"""__del__: called once, when an object is dead."""

import gc


class A:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


a = A("replaced")
a = None
gc.collect()
b = A("in a cycle")
b.me = b
del b
gc.collect()

kept = []


class Revived:
    def __del__(self):
        kept.append(self)
        print("revived")


r = Revived()
del r
gc.collect()
print(len(kept), type(kept[0]).__name__)
kept.clear()
gc.collect()
print("once only")


class List(list):
    def __del__(self):
        print("list", list(self))


l = List([1, 2])
del l
gc.collect()


class Error(Exception):
    def __del__(self):
        print("error", self.args)


try:
    raise Error(1)
except Error:
    pass
gc.collect()


class Late:
    pass


n = Late()
n.__del__ = lambda self: print("an attribute is not asked")
del n
Late.__del__ = lambda self: print("given later")
n = Late()
del n
gc.collect()
del Late.__del__


def local():
    x = A("local")
    del x
    gc.collect()
    print("end of local")


def argument(x):
    del x
    gc.collect()
    print("end of argument")


local()
argument(A("argument"))
argument(x=A("named"))


class Child(A):
    def __del__(self):
        super().__del__()
        print("and as a child")


c = Child("parent")
del c
gc.collect()


class Refers:
    def __init__(self):
        self.other = A("referred to")

    def __del__(self):
        print("still there:", self.other.name)


r = Refers()
del r
gc.collect()
gc.collect()
x = A("at the end, first")
y = A("at the end, second")
print("end")
