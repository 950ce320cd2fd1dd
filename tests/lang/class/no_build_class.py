# What a class statement calls is a built-in name that scripts may replace, or take away.
import builtins

build = builtins.__build_class__
del builtins.__build_class__
try:
    class A:
        pass
except NameError as error:
    print(repr(error), error.name)


def within():
    try:
        class B:
            pass
    except NameError as error:
        return repr(error)


print(within())
builtins.__build_class__ = lambda body, name, *bases, **keywords: (name, bases, keywords)


class C(int, answer=42):
    pass


print(C)
builtins.__build_class__ = 5
try:
    class D:
        pass
except TypeError as error:
    print(error)
builtins.__build_class__ = build


class E:
    pass


print(E)
