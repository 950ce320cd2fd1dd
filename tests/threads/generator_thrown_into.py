# modes: gil none
# An exception is thrown into a generator that several threads share.
import threading
def g():
    n = 0
    while True:
        try:
            yield n
        except KeyError:
            n += 10
it = g()
next(it)
def f():
    for k in range(40):
        try:
            it.throw(KeyError)
        except ValueError:
            pass
ts = [threading.Thread(target=f) for i in range(2)]
for t in ts: t.start()
for t in ts: t.join()
print('ok')
