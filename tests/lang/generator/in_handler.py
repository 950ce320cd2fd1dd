# modes: gil none
# A generator that is resumed while its caller handles an exception: what does it see, what does a bare raise do?
import contextlib
import sys
import threading


def sees():
    yield sys.exception()


def again():
    yield
    raise


def logs():
    e = sys.exception()
    yield f"{type(e).__name__}: {e}"


def attempt(f):
    try:
        try:
            1 / 0
        except ZeroDivisionError:
            return f()
    except Exception as e:
        return repr(e)


print(attempt(lambda: repr(next(sees()))))
print(attempt(lambda: list(again())))
print(attempt(lambda: ", ".join(logs())))
print(attempt(lambda: [x for x in (repr(sys.exception()) for _ in [1])]))


@contextlib.contextmanager
def reporting():
    print("entered under", repr(sys.exception()))
    yield
    print("left under", repr(sys.exception()))


def use():
    with reporting():
        pass


print(attempt(use))
g = again()
next(g)
said = []
t = threading.Thread(target=lambda: said.append(attempt(lambda: next(g))))
t.start()
t.join()
print(said)
