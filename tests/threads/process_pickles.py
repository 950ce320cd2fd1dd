"""What people send to a pool: methods, partials, classes, containers of the library, exceptions, what is shared and cyclic."""
import collections
import functools
import multiprocessing
import threading


class A:
    def __init__(self, n):
        self.n = n

    def add(self, x):
        return self.n + x

    @staticmethod
    def twice(x):
        return 2 * x

    @classmethod
    def name(cls, x):
        return cls.__name__ + str(x)

    def __call__(self, x):
        return self.n * x


class Slots:
    __slots__ = "a", "b"


class State:
    def __init__(self):
        self.f = threading.Lock()
        self.x = 3

    def __getstate__(self):
        return {"x": self.x}

    def __setstate__(self, s):
        self.x = s["x"] * 10
        self.f = threading.Lock()


class Reduced:
    def __init__(self, v):
        self.v = v

    def __reduce__(self):
        return (Reduced, (self.v + 1,))


P = collections.namedtuple("P", "x y")


def identity(x):
    return x


def show(x):
    if isinstance(x, State):
        return x.x
    if isinstance(x, Reduced):
        return x.v
    if isinstance(x, Slots):
        return (x.a, hasattr(x, "b"))
    return x


def main():
    s = Slots()
    s.a = 5
    shared = [1]
    cyclic = [1]
    cyclic.append(cyclic)
    with multiprocessing.Pool(1) as pool:
        for name, f, x in (
            ("method", A(1).add, 2), ("static", A.twice, 2), ("class", A.name, 2), ("call", A(3), 2), ("partial", functools.partial(pow, 2), 5),
            ("builtin", len, "abc"), ("type", int, "12"), ("bound builtin", "x{}".format, 3), ("slots", show, s), ("state", show, State()), ("reduce", show, Reduced(1)),
            ("named", identity, P(1, 2)), ("dd", identity, collections.defaultdict(list, a=[1])), ("deque", identity, collections.deque([1], 2)),
            ("counter", identity, collections.Counter("aab")), ("od", identity, collections.OrderedDict(a=1)), ("none", identity, None),
            ("range", identity, range(3)), ("complex", identity, 1j), ("big", identity, 10**40), ("bytes", identity, b"\0\xff"), ("set", identity, {1}),
            ("exc", identity, ValueError("a", 1)), ("class obj", identity, A), ("func", identity, identity), ("shared", identity, (shared, shared)),
        ):
            try:
                r = pool.apply_async(f, (x,)).get()
                if name == "shared":
                    r = r[0] is r[1]
                print(name, repr(r).split(" at ")[0])
            except Exception as e:
                print(name, type(e).__name__)
        r = pool.apply(identity, (cyclic,))
        print(r[1] is r)
        try:
            pool.apply(identity, ((i for i in [1]),))
        except TypeError as e:
            print("a generator:", e)


if __name__ == "__main__":
    main()
