"""Threads, and what coordinates them."""

import sys as _sys
import time as _time
import itertools as _itertools
import _thread
from _thread import TIMEOUT_MAX, error as ThreadError, get_ident, get_native_id, lock as Lock, stack_size, _local as local
from _thread import _Count, _Flag, _Memory, _ThreadHandle, _Waiters, _is_process_mode


def RLock(*args, **kwargs):
    """Create a lock that its holder may take again."""
    return _thread.RLock(*args, **kwargs)


class Semaphore:
    """A count that acquire() takes from, waiting while it is zero, and release() adds to."""

    _Count = _Count
    _bounded = False

    def __init__(self, value=1):
        if value < 0:
            raise ValueError("semaphore initial value must be >= 0")
        self._count = self._Count(value)
        self._bound = value if self._bounded else None

    def __repr__(self):
        cls = type(self)
        bound = f"/{self._bound}" if self._bounded else ""
        return f"<{cls.__module__}.{cls.__qualname__} at {id(self):#x}: value={self._value}{bound}>"

    @property
    def _value(self):
        return self._count.value()

    def acquire(self, blocking=True, timeout=None):
        if not blocking and timeout is not None:
            raise ValueError("can't specify timeout for non-blocking acquire")
        if self._count.take():
            return True
        if not blocking:
            return False
        if timeout is not None and _time.monotonic() + timeout <= _time.monotonic():
            return False
        return self._count.acquire(timeout)

    __enter__ = acquire

    def release(self, n=1):
        if n < 1:
            raise ValueError("n must be one or more")
        if not self._count.release(n, self._bound):
            raise ValueError("Semaphore released too many times")

    def __exit__(self, t, v, tb):
        self.release()


class BoundedSemaphore(Semaphore):
    """A semaphore that must not be released more often than it was acquired."""

    _bounded = True


class Event:
    """A flag that threads wait for."""

    _Flag = _Flag

    def __init__(self):
        self._flag = self._Flag()

    def __repr__(self):
        cls = type(self)
        status = "set" if self._flag.is_set() else "unset"
        return f"<{cls.__module__}.{cls.__qualname__} at {id(self):#x}: {status}>"

    def is_set(self):
        return self._flag.is_set()

    def set(self):
        self._flag.set()

    def clear(self):
        self._flag.clear()

    def wait(self, timeout=None):
        if self._flag.is_set():
            return True
        if timeout is not None and timeout <= 0:
            return False
        return self._flag.wait(timeout)


class Condition:
    """A lock with a queue of threads that wait for something to become true under it."""

    _Waiters = _Waiters

    def __init__(self, lock=None):
        if lock is None:
            lock = RLock()
        self._lock = lock
        self.acquire = lock.acquire
        self.release = lock.release
        self.locked = lock.locked
        for name in ("_release_save", "_acquire_restore", "_is_owned"):
            if hasattr(lock, name):
                setattr(self, name, getattr(lock, name))
        self._waiters = self._Waiters()

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *args):
        return self._lock.__exit__(*args)

    def __repr__(self):
        return f"<Condition({self._lock}, {len(self._waiters)})>"

    # What a lock that can be taken again does otherwise.

    def _release_save(self):
        self._lock.release()

    def _acquire_restore(self, saved):
        self._lock.acquire()

    def _is_owned(self):
        if self._lock.acquire(False):
            self._lock.release()
            return False
        return True

    def wait(self, timeout=None):
        if not self._is_owned():
            raise RuntimeError("cannot wait on un-acquired lock")
        sleeper = self._waiters.enter()
        try:
            saved = self._release_save()
            try:
                if timeout is not None and timeout <= 0:
                    return sleeper.leave()
                return sleeper.sleep(timeout)
            finally:
                self._acquire_restore(saved)
        finally:
            sleeper.leave()

    def wait_for(self, predicate, timeout=None):
        end = None
        left = timeout
        result = predicate()
        while not result:
            if left is not None:
                if end is None:
                    end = _time.monotonic() + left
                else:
                    left = end - _time.monotonic()
                    if left <= 0:
                        break
            self.wait(left)
            result = predicate()
        return result

    def notify(self, n=1):
        if not self._is_owned():
            raise RuntimeError("cannot notify on un-acquired lock")
        waiters = self._waiters
        while waiters and n > 0:
            waiters.notify_one()
            n -= 1

    def notify_all(self):
        self.notify(len(self._waiters))

    notifyAll = notify_all


class BrokenBarrierError(RuntimeError):
    """The barrier was aborted or reset while threads waited."""


class Barrier:
    """A point that a fixed number of threads pass together."""

    _Lock, _Condition = Lock, Condition

    def __init__(self, parties, action=None, timeout=None):
        if parties < 1:
            raise ValueError("parties must be >= 1")
        self._cond = self._Condition(self._Lock())
        self._action = action
        self._timeout = timeout
        self._parties = parties
        self._memory = _Memory("i", 2)

    def __repr__(self):
        cls = type(self)
        where = f"<{cls.__module__}.{cls.__qualname__} at {id(self):#x}: "
        return where + ("broken>" if self.broken else f"waiters={self.n_waiting}/{self.parties}>")

    # What changes is the same in every process. States: 0 filling, 1 draining, -1 resetting, -2 broken.

    @property
    def _state(self):
        return self._memory.get(0)

    @_state.setter
    def _state(self, state):
        self._memory.set(0, state)

    @property
    def _count(self):
        return self._memory.get(1)

    @_count.setter
    def _count(self, count):
        self._memory.set(1, count)

    def wait(self, timeout=None):
        if timeout is None:
            timeout = self._timeout
        with self._cond:
            self._enter()
            index = self._count
            self._count += 1
            try:
                if index + 1 == self._parties:
                    self._release()
                else:
                    self._wait(timeout)
                return index
            finally:
                self._count -= 1
                self._exit()

    def _enter(self):
        while self._state in (-1, 1):
            self._cond.wait()
        if self._state < 0:
            raise BrokenBarrierError

    def _release(self):
        try:
            if self._action:
                self._action()
            self._state = 1
            self._cond.notify_all()
        except:
            self._break()
            raise

    def _wait(self, timeout):
        if not self._cond.wait_for(lambda: self._state != 0, timeout):
            self._break()
            raise BrokenBarrierError
        if self._state < 0:
            raise BrokenBarrierError

    def _exit(self):
        if self._count == 0 and self._state in (-1, 1):
            self._state = 0
            self._cond.notify_all()

    def reset(self):
        with self._cond:
            if self._count > 0:
                if self._state == 0:
                    self._state = -1
                elif self._state == -2:
                    self._state = -1
            else:
                self._state = 0
            self._cond.notify_all()

    def abort(self):
        with self._cond:
            self._break()

    def _break(self):
        self._state = -2
        self._cond.notify_all()

    @property
    def parties(self):
        return self._parties

    @property
    def n_waiting(self):
        return self._count if self._state == 0 else 0

    @property
    def broken(self):
        return self._state == -2


_counter = _itertools.count(1).__next__
_active_lock = Lock()
_active = {}


class Thread:
    """A thread of control."""

    _initialized = False

    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None, context=None):
        assert group is None, "group argument must be None for now"
        if excepthook is None:
            raise RuntimeError("threading.excepthook is None")
        if kwargs is None:
            kwargs = {}
        if name:
            name = str(name)
        else:
            name = f"Thread-{_counter()}"
            if target is not None:
                target_name = getattr(target, "__name__", None)
                if target_name is not None:
                    name += f" ({target_name})"
        self._target = target
        self._name = name
        self._args = args
        self._kwargs = kwargs
        self._daemonic = current_thread().daemon if daemon is None else daemon
        self._context = context
        self._ident = None
        self._native_id = None
        # That of a process comes when it starts.
        self._handle = None if _is_process_mode() else _ThreadHandle()
        self._started = False
        self._initialized = True

    def __repr__(self):
        assert self._initialized, "Thread.__init__() was not called"
        status = "initial"
        if self._started:
            status = "started"
        if self._handle is not None and self._handle.is_done():
            status = "stopped"
        if self._daemonic:
            status += " daemon"
        if self._ident is not None:
            status += f" {self._ident}"
        return f"<{type(self).__name__}({self._name}, {status})>"

    def start(self):
        if not self._initialized:
            raise RuntimeError("thread.__init__() not called")
        if self._started:
            raise RuntimeError("threads can only be started once")
        self._started = True
        with _active_lock:
            _active[id(self)] = self
        try:
            if _is_process_mode():
                hook = None if excepthook is __excepthook__ else excepthook
                main = (_main_thread._ident, _main_thread._handle)
                task = (Thread._bootstrap_process, (self, main, hook), {}, self._name)
                self._handle = _thread._start_process(task)
                self._ident = self._native_id = self._handle.pid()
            else:
                started = Event()
                _thread._start(lambda: self._bootstrap(started), self._handle)
                started.wait()
        except:
            with _active_lock:
                del _active[id(self)]
            self._started = False
            if self._handle is not None:
                # Whoever waits for it meanwhile waits for nothing.
                self._handle.set_done()
                self._handle = _ThreadHandle()
            raise

    def run(self):
        try:
            if self._target is not None:
                self._target(*self._args, **self._kwargs)
        finally:
            del self._target, self._args, self._kwargs

    def _bootstrap_process(self, main, hook):
        """Be this thread in the process that stands for it; what it knows of other threads came by copy."""
        global excepthook
        _main_thread._ident, _main_thread._handle = main
        _main_thread._native_id = _main_thread._ident
        if hook is not None:
            excepthook = hook
        _active[id(self)] = self
        self._bootstrap(Event())

    def _bootstrap(self, started):
        _thread._set_current(self)
        self._ident = self._native_id = get_ident()
        started.set()
        try:
            try:
                # Without a context of its own a thread begins with an empty one.
                if self._context is None:
                    self.run()
                else:
                    self._context.run(self.run)
            except BaseException as exception:
                self._report(exception)
        except SystemExit:
            pass
        except BaseException as exception:
            print(f"Exception ignored in thread started by {self._bootstrap!r}:", file=_sys.stderr, flush=True)
            _thread._print_exception(exception)
        finally:
            with _active_lock:
                _active.pop(id(self), None)

    def _report(self, exception):
        """Show excepthook() what left run()."""
        try:
            hook = __excepthook__ if excepthook is None else excepthook
            hook(ExceptHookArgs((type(exception), exception, exception.__traceback__, self)))
        except Exception as error:
            error.__suppress_context__ = True
            print("Exception in threading.excepthook:", file=_sys.stderr, flush=True)
            _sys.excepthook(type(error), error, error.__traceback__)

    def join(self, timeout=None):
        if not self._initialized:
            raise RuntimeError("Thread.__init__() not called")
        if not self._started:
            raise RuntimeError("cannot join thread before it is started")
        if self is current_thread():
            raise RuntimeError("cannot join current thread")
        self._wait(None if timeout is None else max(timeout, 0))

    def _wait(self, timeout=None):
        """Wait for the end, and say so if it was that of a process which was killed."""
        if self._handle.wait(timeout) and not isinstance(self._handle, _ThreadHandle):
            with _active_lock:
                _active.pop(id(self), None)
            if self._handle.died_unnoticed():
                print(f"Exception in thread {self._name}:", file=_sys.stderr)
                print(f"RuntimeError: its process ended abruptly (exit code {self._handle.exitcode()})", file=_sys.stderr)

    @property
    def name(self):
        assert self._initialized, "Thread.__init__() not called"
        return self._name

    @name.setter
    def name(self, name):
        assert self._initialized, "Thread.__init__() not called"
        self._name = str(name)

    @property
    def ident(self):
        assert self._initialized, "Thread.__init__() not called"
        return self._ident

    @property
    def native_id(self):
        assert self._initialized, "Thread.__init__() not called"
        return self._native_id

    def is_alive(self):
        assert self._initialized, "Thread.__init__() not called"
        if self._handle is None:
            # The process that stands for a thread knows nothing of its handle.
            return self is _thread._current()
        return self._started and not self._handle.is_done()

    @property
    def daemon(self):
        assert self._initialized, "Thread.__init__() not called"
        return self._daemonic

    @daemon.setter
    def daemon(self, daemonic):
        if not self._initialized:
            raise RuntimeError("Thread.__init__() not called")
        if self._started:
            raise RuntimeError("cannot set daemon status of active thread")
        self._daemonic = daemonic

    def isDaemon(self):
        return self.daemon

    def setDaemon(self, daemonic):
        self.daemon = daemonic

    def getName(self):
        return self.name

    def setName(self, name):
        self.name = name


class Timer(Thread):
    """Call a function after a while, unless cancelled before."""

    def __init__(self, interval, function, args=None, kwargs=None):
        super().__init__()
        self.interval = interval
        self.function = function
        self.args = args if args is not None else []
        self.kwargs = kwargs if kwargs is not None else {}
        self.finished = Event()

    def cancel(self):
        self.finished.set()

    def run(self):
        self.finished.wait(self.interval)
        if not self.finished.is_set():
            self.function(*self.args, **self.kwargs)
        self.finished.set()


class _MainThread(Thread):
    def __init__(self):
        super().__init__(name="MainThread", daemon=False)
        self._ident = self._native_id = get_ident()
        self._handle = _ThreadHandle()
        self._started = True


class ExceptHookArgs(tuple):
    """What excepthook() gets: exc_type, exc_value, exc_traceback, thread."""

    @property
    def exc_type(self):
        return self[0]

    @property
    def exc_value(self):
        return self[1]

    @property
    def exc_traceback(self):
        return self[2]

    @property
    def thread(self):
        return self[3]


def excepthook(args, /):
    """Report an exception that left a thread's run()."""
    if args.exc_type is SystemExit:
        return
    name = args.thread.name if args.thread is not None else get_ident()
    print(f"Exception in thread {name}:", file=_sys.stderr, flush=True)
    _thread._print_exception(args.exc_value)


__excepthook__ = excepthook


def current_thread():
    """Return the object that stands for the running thread."""
    found = _thread._current()
    return found if found is not None else _main_thread


def currentThread():
    return current_thread()


def main_thread():
    """Return the object that stands for the main thread."""
    return _main_thread


def enumerate():
    """Return a list of all threads that are alive."""
    with _active_lock:
        # Those that are processes cannot strike themselves off this process's list.
        for key, thread in list(_active.items()):
            if thread._handle is not None and thread._handle.is_done():
                del _active[key]
        return [_main_thread, *_active.values()]


def active_count():
    """Return how many threads are alive."""
    return len(enumerate())


activeCount = active_count


_at_exit = []


def _register_atexit(func, *arg, **kwargs):
    """Have a function called when the main thread ends, before it waits for the others."""
    if _main_thread._handle.is_done():
        raise RuntimeError("can't register atexit after shutdown")
    _at_exit.append(lambda: func(*arg, **kwargs))


def _shutdown():
    """The main thread ends; wait for the others that are not daemons."""
    while _at_exit:
        _at_exit.pop()()
    if _main_thread._ident == get_ident():
        _main_thread._handle.set_done()
    while True:
        with _active_lock:
            waiting = [thread for thread in _active.values() if not thread.daemon and thread._handle is not None]
        if not waiting:
            return
        for thread in waiting:
            thread._wait()


_main_thread = _MainThread()
_thread._set_current(_main_thread)
