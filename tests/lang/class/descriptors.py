class Logged:
    def __set_name__(self, owner, name):
        print("set_name", owner.__name__, name)
        self.name = name

    def __get__(self, obj, owner=None):
        if obj is None:
            return f"class access on {owner.__name__}"
        return obj.__dict__.get(self.name, "unset")

    def __set__(self, obj, value):
        print("set", self.name, value)
        obj.__dict__[self.name] = value

    def __delete__(self, obj):
        print("delete", self.name)
        del obj.__dict__[self.name]


class NonData:
    def __get__(self, obj, owner):
        return "from descriptor"


class C:
    x = Logged()
    y = Logged()
    nd = NonData()


c = C()
print(c.x, C.x, c.nd)
c.x = 5
print(c.x, c.__dict__)
c.__dict__["nd"] = "from instance"
c.__dict__["y"] = "in dict"
print(c.nd, c.y)
del c.x
print(c.x)


class SetOnly:
    def __set__(self, obj, value):
        obj.__dict__["_so"] = value


class D:
    so = SetOnly()


d = D()
d.so = 3
print(d._so, type(d.so).__name__)


class Bound:
    def __init__(self, f):
        self.f = f

    def __get__(self, obj, owner):
        return lambda *args: self.f(obj, *args)


class E:
    @Bound
    def method(self, n):
        return type(self).__name__, n


print(E().method(1), C.__dict__["nd"].__get__(None, C), E.__dict__["method"].__get__(E(), E)(2))


def func(self):
    return self


print(func.__get__(5)(), type(func.__get__(5)).__name__)
