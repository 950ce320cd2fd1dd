# An error in threading.excepthook is shown, whatever it is; a SystemExit is handed to the hook too.
# modes: gil none
import sys
import threading


def run(hook, error):
    def fails():
        raise error

    threading.excepthook = hook
    thread = threading.Thread(target=fails, name="T")
    thread.start()
    thread.join()


def raises(error):
    def hook(args):
        print("hook", args.exc_type.__name__, args.thread.name, args.thread.is_alive(), flush=True)
        raise error

    return hook


run(raises(ValueError("in hook")), KeyError("k"))
run(raises(SystemExit(4)), SystemExit(3))
sys.excepthook = lambda *args: print("sys.excepthook", args[0].__name__, args[1], args[2] is not None)
run(raises(ValueError("in hook")), KeyError("k"))
threading.excepthook = None
try:
    threading.Thread()
except RuntimeError as e:
    print(e)
