"""Processes, and what is shared between them."""

import itertools as _itertools
import os as _os
import _thread
import threading as _threading
import time as _time
from queue import Empty as _Empty, Full as _Full, _Store
from threading import BrokenBarrierError
from _thread import _Memory

# A package: `multiprocessing.pool` is a module of its own.
__path__ = []

_counter = _itertools.count(1).__next__
_children = []


class ProcessError(Exception):
    pass


class TimeoutError(ProcessError):
    pass


def cpu_count():
    """How many processors there are."""
    return _os.cpu_count()


def freeze_support():
    pass


def get_start_method(allow_none=False):
    return "spawn"


def set_start_method(method, force=False):
    if method not in ("spawn", "fork", "forkserver"):
        raise ValueError(f"cannot find context for {method!r}")


# The primitives of `threading` belong to the threads of one process and are not copied to another; these are the same in all.


class _Lock(_thread.lock):
    __slots__ = ()


class _RLock(_thread.RLock):
    __slots__ = ()


class _Count(_thread._Count):
    __slots__ = ()


class _Flag(_thread._Flag):
    __slots__ = ()


class _Waiters(_thread._Waiters):
    __slots__ = ()


class _Guard:
    """What locks and semaphores have: a primitive of `threading`, asked in the words of this module."""

    def acquire(self, block=True, timeout=None):
        if not block:
            return self._primitive.acquire(False)
        if timeout is None:
            return self._primitive.acquire()
        return self._primitive.acquire(timeout=max(0, timeout))

    def release(self):
        self._primitive.release()

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *exception):
        self.release()


class Lock(_Guard):
    """A lock between processes; whoever holds it or not may release it."""

    def __init__(self):
        self._primitive = _Lock()

    def locked(self):
        return self._primitive.locked()

    def release(self):
        if not self._primitive.locked():
            raise ValueError("semaphore or lock released too many times")
        self._primitive.release()


class RLock(_Guard):
    """A lock between processes that its holder may take again."""

    def __init__(self):
        self._primitive = _RLock()
        self._release_save = self._primitive._release_save
        self._acquire_restore = self._primitive._acquire_restore

    def locked(self):
        return self._primitive.locked()

    def _is_owned(self):
        return self._primitive._is_owned()

    def release(self):
        if not self._is_owned():
            raise AssertionError("attempt to release recursive lock not owned by thread")
        self._primitive.release()


class _Semaphore(_threading.Semaphore):
    _Count = _Count


class _BoundedSemaphore(_threading.BoundedSemaphore):
    _Count = _Count


class Semaphore(_Guard):
    """A count between processes."""

    _kind = _Semaphore

    def __init__(self, value=1):
        self._primitive = self._kind(value)

    def get_value(self):
        return self._primitive._value

    def locked(self):
        return self.get_value() == 0


class BoundedSemaphore(Semaphore):
    """A count between processes that must not be released more often than it was acquired."""

    _kind = _BoundedSemaphore

    def release(self):
        try:
            self._primitive.release()
        except ValueError:
            raise ValueError("semaphore or lock released too many times") from None


class Event(_threading.Event):
    """A flag that processes wait for."""

    _Flag = _Flag


class Condition(_threading.Condition):
    """A lock with a queue of processes that wait for something to become true under it."""

    _Waiters = _Waiters

    def __init__(self, lock=None):
        super().__init__(RLock() if lock is None else lock)

    def wait(self, timeout=None):
        assert self._is_owned(), "must acquire() condition before using wait()"
        return super().wait(timeout)

    def notify(self, n=1):
        assert self._is_owned(), "lock is not owned"
        super().notify(n)


class Barrier(_threading.Barrier):
    """A point that a fixed number of processes pass together."""

    _Lock, _Condition = Lock, Condition


class _MainProcess:
    name = "MainProcess"
    daemon = False
    exitcode = None
    _identity = ()

    @property
    def pid(self):
        return _os.getpid()

    ident = pid

    def is_alive(self):
        return True


_current = _MainProcess()


def current_process():
    """The object that stands for the running process."""
    return _current


def active_children():
    """The processes that this one started and that still run."""
    _children[:] = [child for child in _children if child.is_alive()]
    return list(_children)


def _run(process):
    global _current
    _current = process
    _children.clear()
    process.run()


class Process:
    """A process that runs a function, or what a subclass's run() does."""

    def __init__(self, group=None, target=None, name=None, args=(), kwargs={}, *, daemon=None):
        assert group is None, "group argument must be None for now"
        self._identity = current_process()._identity + (_counter(),)
        self._name = name or "Process-" + ":".join(str(i) for i in self._identity)
        self._target = target
        self._args = tuple(args)
        self._kwargs = dict(kwargs)
        self._daemonic = current_process().daemon if daemon is None else daemon
        self._handle = None
        self._closed = False

    def run(self):
        if self._target:
            self._target(*self._args, **self._kwargs)

    def start(self):
        assert self._handle is None, "cannot start a process twice"
        assert not _current.daemon, "daemonic processes are not allowed to have children"
        self._handle = _start((_run, (self,), {}, self._name), self._daemonic)
        del self._target, self._args, self._kwargs
        _children.append(self)

    def join(self, timeout=None):
        assert self._handle is not None, "can only join a started process"
        if self._handle.wait(timeout):
            self._handle.exitcode()
            if self in _children:
                _children.remove(self)

    def is_alive(self):
        if self is _current:
            return True
        return self._handle is not None and self._handle.exitcode() is None

    @property
    def exitcode(self):
        return None if self._handle is None else self._handle.exitcode()

    @property
    def pid(self):
        if self is _current:
            return _os.getpid()
        return None if self._handle is None else self._handle.pid()

    @property
    def ident(self):
        return self.pid

    def terminate(self):
        self._handle.terminate()

    def kill(self):
        self._handle.kill()

    def close(self):
        if self.is_alive():
            raise ValueError("Cannot close a process while it is still running. You should first call join() or terminate().")
        self._closed = True

    @property
    def name(self):
        return self._name

    @name.setter
    def name(self, name):
        assert isinstance(name, str), "name must be a string"
        self._name = name

    @property
    def daemon(self):
        return self._daemonic

    @daemon.setter
    def daemon(self, daemonic):
        assert self._handle is None, "process has already started"
        self._daemonic = daemonic

    def __repr__(self):
        if self is _current or self.is_alive():
            status = "started"
        elif self._handle is None:
            status = "initial"
        else:
            code = self.exitcode
            status = f"stopped exitcode={code}" if code else "stopped"
        return f"<{type(self).__name__} name={self._name!r} {status}{' daemon' if self._daemonic else ''}>"


class Queue:
    """First in, first out, between processes."""

    def __init__(self, maxsize=0):
        self._maxsize = maxsize
        self._store = _Store(maxsize)
        self._closed = False

    def put(self, obj, block=True, timeout=None):
        if self._closed:
            raise ValueError(f"Queue {self!r} is closed")
        if not self._store.put(obj, timeout if block else 0):
            raise _Full

    def get(self, block=True, timeout=None):
        if self._closed:
            raise ValueError(f"Queue {self!r} is closed")
        found = self._store.take(timeout if block else 0)
        if not found:
            raise _Empty
        return found[0]

    def put_nowait(self, obj):
        return self.put(obj, False)

    def get_nowait(self):
        return self.get(False)

    def qsize(self):
        return len(self._store)

    def empty(self):
        return not self._store

    def full(self):
        return 0 < self._maxsize <= len(self._store)

    def close(self):
        self._closed = True

    def join_thread(self):
        pass

    def cancel_join_thread(self):
        pass


class SimpleQueue(Queue):
    """A queue without a bound."""

    def __init__(self):
        super().__init__()


class JoinableQueue(Queue):
    """A queue that counts the items which are not done with."""

    def task_done(self):
        if not self._store.finish_one():
            raise ValueError("task_done() called too many times")

    def join(self):
        self._store.join()


def Pool(processes=None, initializer=None, initargs=(), maxtasksperchild=None):
    """Processes that calls are spread over."""
    from multiprocessing import pool

    return pool.Pool(processes, initializer, initargs, maxtasksperchild)


# What a pool's workers run.


def _call_chunk(function, chunk):
    return [function(*args) for args in chunk]


_initialized = False


def _call_initialized(initializer, function, args, kwargs):
    global _initialized
    if not _initialized:
        _initialized = True
        initializer[0](*initializer[1])
    return function(*args, **kwargs)


class _Context:
    """What get_context() gives: this module's names."""

    def __getattr__(self, name):
        try:
            return globals()[name]
        except KeyError:
            raise AttributeError(name) from None


def get_context(method=None):
    if method is not None:
        set_start_method(method)
    return _Context()


def get_all_start_methods():
    return ["spawn"]
