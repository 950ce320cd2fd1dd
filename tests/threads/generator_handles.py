# modes: gil none
import threading
# the generator only ever runs in one thread at a time and never while a gc can see it running: handled exception
def g():
    while True:
        try:
            raise ValueError([1])
        except ValueError as e:
            yield 1
it = g(); next(it)
def f():
    for k in range(30): next(it)
t=threading.Thread(target=f); t.start(); t.join()
print('ok1')
def h():
    x=0
    while True:
        x=[x and 1]
        for i in range(3): x=[x]
        yield 1
it=h(); next(it)
t=threading.Thread(target=f); t.start(); t.join()
print('ok2')
