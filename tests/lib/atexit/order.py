# modes: gil none
# Functions that are called at the end: in what order, which not, and what becomes of their exceptions.
import atexit
import sys


def f(*args, **names):
    print('f', args, names)


class Same:
    def __init__(self, name):
        self.name = name

    def __eq__(self, other):
        return isinstance(other, Same)

    def __call__(self):
        print('same', self.name)


def attempt(call):
    try:
        print(call())
    except Exception as e:
        print(type(e).__name__, e)


print(atexit.register(f, 1, k=2) is f)
attempt(lambda: atexit.register())
attempt(lambda: atexit.register(3))
attempt(lambda: atexit.unregister())
print(atexit.register(f, 2) is f, atexit._ncallbacks())
atexit.register(Same('a'))
atexit.register(Same('b'))
atexit.unregister(Same('c'))
print(atexit._ncallbacks())
atexit.unregister(f)
print(atexit._ncallbacks())


def hook(args):
    print('ignored', args.exc_type.__name__, args.exc_value, args.err_msg.split(' at ')[0], args.object)


sys.unraisablehook = hook


def fails():
    raise ValueError('at the end')


atexit.register(fails)
atexit.register(f, 'x')
atexit._run_exitfuncs()
print(atexit._ncallbacks())
atexit.register(f, 'cleared')
atexit._clear()
print(atexit._ncallbacks())
atexit.register(f, 'first', last=True)
atexit.register(fails)
atexit.register(lambda: atexit.register(f, 'late'))
atexit.register(sys.stdout.write, 'written at the end\n')
print('end')
