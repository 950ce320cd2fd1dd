# sys.exit, exit codes, exceptions and os._exit from threads: what is the status of the program?
# modes: gil none
import os
import sys
import threading


def leaves(code):
    try:
        sys.exit(code)
    finally:
        print("leaving", code, flush=True)


t = threading.Thread(target=leaves, args=(7,))
t.start()
t.join()
print("after exit(7)", t.is_alive())
t = threading.Thread(target=leaves, args=("text",))
t.start()
t.join()


def hook(args):
    print("hook", args.exc_type.__name__, args.exc_value, args.thread.name, args.exc_traceback is not None)


threading.excepthook = hook
for e in (KeyError("k"), KeyboardInterrupt(), GeneratorExit("g")):
    def fails():
        raise e
    t = threading.Thread(target=fails, name="F")
    t.start()
    t.join()


def broken(args):
    raise RuntimeError("in hook")


threading.excepthook = broken
t = threading.Thread(target=lambda: 1 / 0, name="G")
t.start()
t.join()
threading.excepthook = threading.__excepthook__
t = threading.Thread(target=exit, args=(4,))
t.start()
t.join()


def bare():
    raise


t = threading.Thread(target=bare, name="B")
try:
    1 / 0
except ZeroDivisionError:
    t.start()
    t.join()
threading.Thread(target=lambda: (t.join(), print("last words", flush=True), os._exit(9))).start()
threading.Event().wait(10)
print("never")
