"""What tracebacks know of frames: their variables when the exception passed, and before them."""
import sys


def fails(argument):
    local = argument * 2
    raise ValueError(local)


def catches(argument):
    try:
        fails(argument)
    except ValueError as error:
        traceback = error.__traceback__
        print(traceback.tb_frame is sys._getframe(), traceback.tb_lineno, traceback.tb_lasti > 0)
        return traceback


traceback = catches(4)
inside = traceback.tb_next
print(inside.tb_frame.f_code.co_name, inside.tb_frame.f_locals, inside.tb_lineno, inside.tb_frame.f_lineno)
print(inside.tb_frame.f_back is traceback.tb_frame, inside.tb_next)
print(traceback.tb_frame.f_locals["argument"], traceback.tb_frame.f_back is sys._getframe())
Traceback = type(traceback)
made = Traceback(None, sys._getframe(), 6, 77)
print(made.tb_next, made.tb_frame is sys._getframe(), made.tb_lasti, made.tb_lineno)
print(Traceback(tb_next=made, tb_frame=sys._getframe(), tb_lasti=2, tb_lineno=7).tb_next is made)
print(dir(made))


def show(function):
    try:
        print(function())
    except Exception as error:
        print(type(error).__name__, error)


show(lambda: Traceback())
show(lambda: Traceback(1, sys._getframe(), 1, 1))
show(lambda: Traceback(None, 1, 1, 1))
show(lambda: setattr(made, "tb_next", made))
show(lambda: setattr(made, "tb_next", 3))
show(lambda: setattr(made, "tb_lineno", 3))
show(lambda: delattr(made, "tb_next"))
made.tb_next = inside
print(made.tb_next is inside)
show(lambda: setattr(inside, "tb_next", made))
made.tb_next = None
print(made.tb_next)
try:
    raise KeyError("with a traceback").with_traceback(made)
except KeyError as error:
    lines = []
    entry = error.__traceback__
    while entry:
        lines.append(entry.tb_lineno)
        entry = entry.tb_next
    print(lines[-1])


def loop():
    """An exception that is caught where it is raised meets the same frame each time."""
    frames = set()
    for number in range(3):
        try:
            raise ValueError(number)
        except ValueError as error:
            frames.add(error.__traceback__.tb_frame)
    return len(frames), frames.pop() is sys._getframe()


print(loop())
