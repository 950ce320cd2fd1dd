# What beginners do with Thread: call instead of pass, args that are no tuple, start twice, join early, join itself, no super().__init__().
# modes: gil none
import threading

said = []


def f(*a, **k):
    said.append((a, k))


def attempt(name, g):
    try:
        print(name, g())
    except Exception as e:
        print(name, type(e).__name__, e)


def silent(args):
    print("in thread:", args.exc_type.__name__, args.exc_value)


threading.excepthook = silent


def go(**k):
    t = threading.Thread(**k)
    t.start()
    t.join()
    return said[-1:]


attempt("called", lambda: go(target=f()))
attempt("none", lambda: go(target=None))
attempt("string args", lambda: go(target=f, args="ab"))
attempt("int args", lambda: go(target=f, args=(5)))
attempt("list args", lambda: go(target=f, args=[1, [2]]))
attempt("kwargs", lambda: go(target=f, kwargs={"a": 1}))
attempt("bad kwargs", lambda: go(target=f, kwargs=[1]))
attempt("not callable", lambda: go(target=5))
attempt("group", lambda: threading.Thread(group=1))
attempt("positional", lambda: threading.Thread(f))
t = threading.Thread(target=f)
attempt("join early", t.join)
attempt("alive", t.is_alive)
attempt("ident", lambda: t.ident)
t.start()
t.join()
attempt("again", t.start)
attempt("daemon late", lambda: setattr(t, "daemon", True))
attempt("join twice", t.join)
attempt("self join", lambda: threading.current_thread().join())
attempt("run direct", threading.Thread(target=f, args=(9,)).run)
t = threading.Thread(target=f, args=(1,))
t.run()
attempt("run twice", t.run)


class Bad(threading.Thread):
    def __init__(self, n):
        self.n = n


b = Bad(1)
attempt("no super start", b.start)
attempt("no super join", b.join)
attempt("no super repr", lambda: repr(b))
attempt("no super name", lambda: b.name)
attempt("no super daemon", lambda: b.daemon)
attempt("no super alive", b.is_alive)


class Named(threading.Thread):
    def __init__(self):
        self.name = "early"
        super().__init__()


attempt("name early", Named)


class Own(threading.Thread):
    def run(self):
        said.append(self.name)


o = Own(name="own")
o.start()
o.join(timeout=-1)
o.join()
print(said[-1], o.name, o.is_alive())
attempt("join text", lambda: o.join("x"))
for name in (None, "", 5, "x"):
    print(threading.Thread(target=f, name=name).name.split("-")[0])
print(threading.Thread(target=lambda: 0).name.split(" ")[1], threading.Thread().name.split("-")[0])
t = threading.Thread(target=threading.Thread.join, args=(threading.current_thread(),), daemon=True)
t.start()
t.join(0.05)
print(t.is_alive(), t.daemon, repr(t).split(", ")[1].split(" ")[:2])
