"""A trace function is not told of lines on which nothing is executed: `try:`, `pass`.

Cause: Argil compiles nothing for them; CPython puts an instruction there that does nothing but be
traced. The same holds for the StopIteration that ends a `for` over a generator, which CPython's
`exception` event shows, and for repeated lines of a comprehension that stands in one line.
Workaround: put a breakpoint on the line behind.

CPython prints:
    [1, 2, 3]
Argil prints:
    [2]
"""
import sys


def f():
    try:
        x = 1
        pass
    finally:
        del x


seen = []


def trace(frame, event, arg):
    if frame.f_code is f.__code__:
        if event == "line":
            seen.append(frame.f_lineno - f.__code__.co_firstlineno)
        return trace


sys.settrace(trace)
f()
sys.settrace(None)
print([line for line in seen if line < 5])
