"""Frames of running and of finished calls: their names, their callers, their places."""
import sys


def inner(depth):
    return sys._getframe(depth)


def outer(depth):
    inside = 7
    return inner(depth)


frame = outer(0)
print(type(frame).__name__, frame.f_code.co_name, frame.f_locals, frame.f_lineno)
frame = outer(1)
print(frame.f_code.co_name, frame.f_locals, frame.f_lineno, frame.f_back is sys._getframe())
print(outer(2) is sys._getframe(), sys._getframe() is sys._getframe(0))
print(frame.f_globals is globals(), frame.f_builtins["len"] is len, frame.f_trace, frame.f_generator)
here = sys._getframe()
print(here.f_back, here.f_locals is globals(), here.f_code.co_name, here.f_lineno)
for depth in 50, 2**40, "a":
    try:
        sys._getframe(depth)
    except Exception as error:
        print(type(error).__name__, error)
print(sys._getframemodulename(), sys._getframemodulename(depth=9))


def observed(count):
    """Each call has a frame of its own, whose variables stay as they were."""
    frames = []
    for number in range(count):
        frames.append(one(number))
    return frames


def one(number):
    square = number * number
    return sys._getframe()


print([frame.f_locals["square"] for frame in observed(4)])


def chain(depth):
    if depth == 0:
        names = []
        frame = sys._getframe()
        while frame:
            names.append((frame.f_code.co_name, frame.f_locals.get("depth"), frame.f_lineno))
            frame = frame.f_back
        return names
    return chain(depth - 1)


print(chain(3))


class Body:
    attribute = 1
    frame = sys._getframe()
    print(frame.f_locals["attribute"], frame.f_code.co_name, frame.f_lineno)


print(Body.frame.f_locals["attribute"], Body.frame.f_back is sys._getframe())
