# modes: gil none
import threading, time
def gen():
    for i in range(4):
        time.sleep(0.1)
        yield i
g = getattr(threading, "serialize_iterator", lambda it: it)(gen())
out = []
def f():
    try:
        out.append(next(g))
    except ValueError as e:
        out.append(e)
ts = [threading.Thread(target=f) for _ in range(2)]
for t in ts:
    t.start()
for t in ts:
    t.join()
print(sorted(map(str, out)))
print(hasattr(threading, "synchronized_iterator"), hasattr(threading, "concurrent_tee"))
