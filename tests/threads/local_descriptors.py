# Subclasses of threading.local with slots, properties, methods, class attributes and __getattr__.
# modes: gil none
import threading


class L(threading.local):
    kind = "class"
    __slots__ = ("common",)

    def __init__(self, a, b=2):
        self.a = a
        self.b = b

    @property
    def half(self):
        return self.a / 2

    @half.setter
    def half(self, v):
        self.a = v * 2

    def method(self):
        return self.a + self.b

    def __getattr__(self, name):
        if name.startswith("auto"):
            return name
        raise AttributeError(name)


def attempt(name, f):
    try:
        print(name, f())
    except Exception as e:
        print(name, type(e).__name__, e)


l = L(10)
l.common = "shared slot"
l.half = 50
print(l.a, l.half, l.method(), l.auto1, L.kind, l.kind)
l.kind = "mine"
print(l.kind, L.kind)


def other():
    attempt("other a", lambda: l.a)
    attempt("slot", lambda: l.common)
    attempt("kind", lambda: l.kind)
    l.half = 1
    attempt("half", lambda: (l.a, l.half))
    del l.a
    attempt("deleted", lambda: l.a)


t = threading.Thread(target=other)
t.start()
t.join()
attempt("main", lambda: (l.a, sorted(l.__dict__)))
attempt("del property", lambda: delattr(l, "half"))


class RO(threading.local):
    @property
    def fixed(self):
        return 1


attempt("read only", lambda: setattr(RO(), "fixed", 5))


class Init(threading.local):
    def __init__(self, n):
        super().__init__()
        self.l = [n]


i = Init(1)
i.l.append(2)
out = []
t = threading.Thread(target=lambda: out.append(i.l))
t.start()
t.join()
print(out, i.l)
attempt("init in thread fails", lambda: fails())


def fails():
    class Bad(threading.local):
        def __init__(self):
            if threading.current_thread().name == "bad":
                raise KeyError("init")
    b = Bad()
    said = []

    def use():
        try:
            b.x = 1
        except KeyError as e:
            said.append(repr(e))
    t = threading.Thread(target=use, name="bad")
    t.start()
    t.join()
    return said


attempt("init in thread fails", fails)
attempt("repr", lambda: repr(threading.local()).split(" at ")[0])
attempt("class", lambda: (threading.local.__name__, threading.local.__module__, type(threading.local()).__qualname__))
