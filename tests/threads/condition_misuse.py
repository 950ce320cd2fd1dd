# Conditions and events used wrongly or at the edge.
# modes: gil none
import threading
import time


def attempt(name, g):
    try:
        print(name, g())
    except Exception as e:
        print(name, type(e).__name__, e)


c = threading.Condition()
attempt("wait", c.wait)
attempt("notify", c.notify)
attempt("notify_all", c.notify_all)
attempt("release", c.release)
with c:
    attempt("timeout 0", lambda: c.wait(0))
    attempt("timeout neg", lambda: c.wait(-1))
    attempt("wait_for", lambda: c.wait_for(lambda: [], 0.01))
    attempt("wait_for true", lambda: c.wait_for(lambda: "yes"))
    attempt("notify 0", lambda: c.notify(0))
    attempt("timeout text", lambda: c.wait("1"))
    c.acquire()
    attempt("nested wait", lambda: c.wait(0.01))
    c.release()
    attempt("raises", lambda: c.wait_for(lambda: 1 / 0))
attempt("after", lambda: c.acquire(False))
c.release()
lock = threading.Lock()
a, b = threading.Condition(lock), threading.Condition(lock)
with a:
    attempt("shared", b.notify)
    attempt("other", lambda: b.acquire(False))
attempt("semaphore lock", lambda: threading.Condition(threading.Semaphore(1)).wait(0.01))
attempt("bad lock", lambda: threading.Condition(5))
order = []
ready = threading.Semaphore(0)


def waiter(n):
    with c:
        order.append(f"w{n}")
        ready.release()
        c.wait()
        order.append(f"g{n}")


ts = []
for n in range(4):
    t = threading.Thread(target=waiter, args=(n,))
    t.start()
    ready.acquire()
    ts.append(t)
for k in (1, 2, 5):
    with c:
        c.notify(k)
    time.sleep(0.05)
    print(sorted(order[4:]))
for t in ts:
    t.join()
with c:
    c.notify(3)
    attempt("no memory", lambda: c.wait(0.01))
e = threading.Event()
attempt("event 0", lambda: e.wait(0))
e.set()
attempt("event set", lambda: (e.wait(0), e.wait(), e.is_set()))
e.clear()
attempt("event neg", lambda: e.wait(-5))
attempt("event text", lambda: e.wait("x"))
attempt("event inf", lambda: e.wait(float("inf")))
attempt("event big", lambda: e.wait(1e10))
attempt("lock big", lambda: lock.acquire(timeout=1e10))
attempt("lock neg", lambda: lock.acquire(timeout=-2))
attempt("lock nonblock t", lambda: lock.acquire(False, 1))
attempt("lock nan", lambda: lock.acquire(timeout=float("nan")))
attempt("lock -1", lambda: lock.acquire(timeout=-1))
attempt("lock 0", lambda: lock.acquire(timeout=0))
attempt("sleep neg", lambda: time.sleep(-1))
attempt("sleep nan", lambda: time.sleep(float("nan")))
attempt("max", lambda: threading.TIMEOUT_MAX > 1e9)
