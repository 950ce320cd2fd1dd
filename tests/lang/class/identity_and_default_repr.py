class C:
    pass


a = C()
b = a
print(id(a) == id(b), a is b, id(C()) != id(a), isinstance(id(a), int))
c = C()
c.x = [1]
d = c
del c
print(d.x, hash(a) == hash(a), a == C(), object() == object(), type(object()))
print(
    repr(a).startswith("<__main__.C object at 0x"),
    repr(object()).startswith("<object object at 0x"),
    str(C),
    repr(C.__init__).startswith("<slot wrapper"),
)


def f():
    pass


print(
    repr(f).startswith("<function f at 0x"),
    repr(C).startswith("<class '__main__.C'>"),
    repr(len),
    repr("".join).startswith("<built-in method join of str object at 0x"),
)


class D:
    def m(self):
        pass


print(
    repr(D().m).startswith("<bound method D.m of <__main__.D object at 0x"),
    repr(D.m).startswith("<function D.m at 0x"),
    repr(range),
    repr(NotImplemented),
    repr(...),
    Ellipsis is ...,
)
