"""What a site remembers of an attribute holds only for as long as nothing comes before it."""

def each(objects, read):
    """Reads through one site again and again, so that it remembers."""
    return [read(o) for o in objects]


def x(o):
    return o.x


# A class that is a descriptor without knowing yet.
class Plain:
    pass


class Holder:
    x = Plain()


holder = Holder()
holder.x = "own"
print(each([holder] * 3, x))
Plain.__get__ = lambda self, obj, cls: "got"
print(each([holder] * 3, x))
Plain.__set__ = lambda self, obj, value: None
print(each([holder] * 3, x))


# A metaclass that gets a property after its classes were read.
class Meta(type):
    pass


class Classy(metaclass=Meta):
    x = "of the class"


print(each([Classy] * 3, x))
Meta.x = property(lambda cls: "of the metaclass")
print(each([Classy] * 3, x))


# Methods and class methods of a metaclass, read through the class.
class Maker(type):
    @classmethod
    def x(cls):
        return "class method of " + cls.__name__

    def y(cls):
        return "method of " + cls.__name__


class Made(metaclass=Maker):
    pass


print(each([Made] * 3, lambda o: o.x()), each([Made] * 3, lambda o: o.y()))
print(each([Made] * 3, x)[0]())


# Integers that are descriptors.
class Number(int):
    def __get__(self, obj, cls):
        return int(self) + 1


class Numbered:
    x = Number(41)


print(each([Numbered(), Numbered(), Numbered], x))


# Attributes that come and go in the object's dict.
class Dicted:
    x = "of the class"

    def y(self):
        return "method"


dicted = Dicted()
names = dicted.__dict__


def y(o):
    return o.y()


print(each([dicted] * 3, x), each([dicted] * 3, y))
names["x"] = "own"
names["y"] = lambda: "own"
print(each([dicted] * 3, x), each([dicted] * 3, y))
del names["x"], names["y"]
print(each([dicted] * 3, x), each([dicted] * 3, y))


# Stores go through what the class gets later.
class Stored:
    pass


def store(o, value):
    o.x = value


stored = Stored()
for value in range(3):
    store(stored, value)
Stored.x = property(lambda self: "property", lambda self, value: print("set", value))
store(stored, 3)
print(stored.x)


class Quiet:
    pass


class Keeper:
    x = Quiet()


keeper = Keeper()
for value in range(3):
    store(keeper, value)
Quiet.__set__ = lambda self, obj, value: print("set", value)
store(keeper, 3)
print(keeper.x)

# Functions get attributes of their own.
def function():
    pass


for at in range(3):
    try:
        print(function.x)
    except AttributeError as error:
        print(error)
    function.x = at


# Native methods read from their class.
print([f is list.append for f in each([type("L", (list,), {"x": list.append})] * 3, x)])
