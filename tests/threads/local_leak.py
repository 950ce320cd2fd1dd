# thread locals: what threads that ended kept, what locals that died kept, and what a thread sees first.
# modes: gil none
import gc
import threading


class Mine(threading.local):
    made = 0
    shared = []

    def __init__(self, start):
        Mine.made += 1
        self.n = start


def memory():
    with open("/proc/self/status") as f:
        return next(int(l.split()[1]) for l in f if l.startswith("VmRSS"))


m = Mine(5)
seen = []


def use():
    seen.append(m.n)
    m.n += 1
    m.data = bytearray(1_000_000)
    seen.append(m.n)


for _ in range(300):
    t = threading.Thread(target=use)
    t.start()
    t.join()
gc.collect()
print(set(seen), m.n, Mine.made, hasattr(m, "data"), memory() < 150_000)
for _ in range(300):
    l = threading.local()
    l.big = bytearray(1_000_000)
    del l
gc.collect()
print(memory() < 150_000)
l = threading.local()
l.a = 1
print(sorted(l.__dict__), vars(l) == l.__dict__, dir(l)[-1])
for bad in (lambda: l.nope, lambda: delattr(l, "nope"), lambda: threading.local(1), lambda: setattr(l, "__dict__", {})):
    try:
        bad()
    except Exception as e:
        print(type(e).__name__, e)


class Slotted(threading.local):
    __slots__ = "common",


s = Slotted()
s.common = 1
s.own = 2
out = []
t = threading.Thread(target=lambda: out.append((s.common, hasattr(s, "own"))))
t.start()
t.join()
print(out)


class Prop(threading.local):
    @property
    def twice(self):
        return self.x * 2


p = Prop()
p.x = 4
print(p.twice, isinstance(p, threading.local))
