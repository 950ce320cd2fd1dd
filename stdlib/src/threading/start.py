# What `_thread` has of starting threads without an object for each.

LockType = lock
allocate = allocate_lock


def exit():
    """Raise SystemExit, which ends the thread quietly if nothing catches it."""
    raise SystemExit


exit_thread = exit


def start_new_thread(function, args, kwargs={}, /):
    """Start a thread that calls a function with arguments; its identifier."""
    if not callable(function):
        raise TypeError("first arg must be callable")
    if not isinstance(args, tuple):
        raise TypeError("2nd arg must be a tuple")
    if not isinstance(kwargs, dict):
        raise TypeError("optional 3rd arg must be a dictionary")
    begun = allocate_lock()
    begun.acquire()
    identifier = []

    def run():
        identifier.append(get_ident())
        begun.release()
        try:
            function(*args, **kwargs)
        except SystemExit:
            pass
        except BaseException as error:
            import sys

            message = f"Exception ignored in thread started by {function!r}"
            sys.unraisablehook(sys._UnraisableHookArgs(type(error), error, error.__traceback__, message, None))

    _start(run, _ThreadHandle())
    begun.acquire()
    return identifier[0]


start_new = start_new_thread


def interrupt_main(signum=2, /):
    """Have the main thread call the handler of a signal as if it had come."""
    import _signal

    if signum < 1 or signum >= _signal.NSIG:
        raise ValueError("signal number out of range")
    if _signal.getsignal(signum) not in (_signal.SIG_DFL, _signal.SIG_IGN, None):
        import posix

        posix.kill(posix.getpid(), signum)


def daemon_threads_allowed():
    """Whether threads may be daemons: they may."""
    return True


def _is_main_interpreter():
    """Whether this is the interpreter that the process began with: there is no other."""
    return True
