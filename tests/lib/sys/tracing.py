# sys.settrace and sys.setprofile: calls, lines, returns, exceptions, generators, and what a tool may do.
# modes: gil none
import sys


def show(frame, event, arg):
    if frame.f_code.co_filename != __file__:
        return None
    line = frame.f_lineno - frame.f_code.co_firstlineno
    print(frame.f_code.co_name, event, line, None if event == "exception" else arg)
    return show


def count(x):
    total = 0
    for i in range(2):
        total += i
    if total:
        return total + x


def generate():
    yield 1
    x = yield 2
    return x


def consume():
    for value in generate():
        value += 1
    return (lambda: 5)()


class C:
    def __init__(self, v):
        self.v = v

    def __eq__(self, other):
        return True


def methods():
    a = C(1) == C(2)
    return sorted([2, 1], key=lambda v: -v)


def fail():
    raise ValueError("x")


def outer():
    fail()


def with_lines(frame, event, arg):
    print("lines", event)
    frame.f_trace_lines = False
    frame.f_trace_opcodes = False
    return with_lines


def profile(frame, event, arg):
    name = getattr(arg, "__name__", arg) if event.startswith("c_") else arg
    print(frame.f_code.co_name, event, name)


sys.settrace(show)
print(sys.gettrace() is show)
count(3)
consume()
methods()
try:
    outer()
except ValueError as error:
    print(error)
sys.settrace(None)
print(sys.gettrace())
count(4)

sys.settrace(with_lines)
count(1)
sys.settrace(None)


def broken(frame, event, arg):
    raise RuntimeError("tool")


sys.settrace(broken)
try:
    count(1)
except RuntimeError as error:
    print(error, sys.gettrace())

sys.setprofile(profile)
len([abs(-1)])
count(1)
try:
    int("x")
except ValueError:
    ...
sys.setprofile(None)
print(sys.getprofile())
