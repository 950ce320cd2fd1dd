"""Objects cross as their class says: __reduce__, __reduce_ex__, __getstate__, __setstate__, __getnewargs__."""
from multiprocessing import Pipe, Pool, Process, Queue


class Reduced:
    def __init__(self, v):
        self.v = v

    def __reduce__(self):
        return Reduced, (self.v + 1,)


class State:
    def __init__(self):
        self.a = 1
        self.lock = "no"

    def __getstate__(self):
        return {"a": self.a}

    def __setstate__(self, state):
        self.a = state["a"] + 1
        self.lock = "restored"


class Slots:
    __slots__ = "a", "b"

    def __setstate__(self, state):
        self.a, self.b = state, None


class Arguments:
    def __new__(cls, *args, **kwargs):
        print("new", args, kwargs)
        return super().__new__(cls)

    def __getnewargs_ex__(self):
        return (1,), {"k": 2}


class Items(list):
    def __reduce_ex__(self, protocol):
        return Items, (), {"n": len(self)}, iter(self), None


class Failure(Exception):
    def __init__(self, what, code):
        super().__init__(f"{what} ({code})")
        self.what, self.code = what, code

    def __reduce__(self):
        return Failure, (self.what, self.code)


class Empty:
    def __setstate__(self, state):
        print("never called")


class Refuses:
    def __getstate__(self):
        raise RuntimeError("not me")


class Breaks:
    def __reduce__(self):
        return Breaks.fail, ()

    @staticmethod
    def fail():
        raise LookupError("when it arrives")


def describe(x):
    if isinstance(x, list):
        return type(x).__name__, list(map(describe, x)) if type(x) is list else (list(x), x.n)
    names = [name for name in ("v", "a", "lock", "what", "code") if hasattr(x, name)]
    return type(x).__name__, [getattr(x, name) for name in names]


def put(queue, x):
    queue.put(describe(x))
    queue.put(x)


def fail(x):
    raise Failure("raised", x)


def objects():
    slots = Slots()
    slots.a = 4
    return [Reduced(1), State(), slots, Items([5, 6]), Failure("f", 2), Empty(), [Reduced(1), {"k": State()}["k"]]]


def main():
    here, there = Pipe()
    for x in objects() + [Arguments()]:
        here.send(x)
        print(describe(there.recv()))
    queue = Queue()
    for x in objects():
        p = Process(target=put, args=(queue, x))
        p.start()
        print(queue.get(), describe(queue.get()))
        p.join()
    with Pool(1) as pool:
        print(pool.map(describe, objects()))
        try:
            pool.apply(fail, (7,))
        except Failure as failure:
            print(failure, failure.what, failure.code)
        for bad in (Refuses(), Breaks()):
            try:
                pool.apply(describe, (bad,))
            except (RuntimeError, LookupError) as error:
                print(type(error).__name__, error)
                break
    try:
        here.send(Refuses())
    except RuntimeError as error:
        print(error)
    here.send(Breaks())
    here.send("next")
    try:
        there.recv()
    except LookupError as error:
        print(error, there.recv())


if __name__ == "__main__":
    main()
