"""Queues between threads, which are processes in one of the lock modes.

Threads that share memory share a queue as any object: a container, a lock, conditions. Between processes a queue is a store
that all of them reach; it has no such parts, so its subclasses cannot have their own of them either.
"""

import threading as _threading
import time as _time
from _collections import deque as _deque
from _heapq import heappush as _heappush, heappop as _heappop
from _queue import Empty, SimpleQueue, _Store


class Full(Exception):
    "Exception raised by Queue.put(block=0)/put_nowait()."


class ShutDown(Exception):
    "Raised when put/get with shut-down queue."


if _threading._is_process_mode():

    def _limit(block, timeout):
        """How long to wait, as a store takes it."""
        if not block:
            return 0
        if timeout is not None and timeout < 0:
            raise ValueError("'timeout' must be a non-negative number")
        return timeout

    class Queue:
        """First in, first out."""

        _last = False

        def __init__(self, maxsize=0):
            self.maxsize = maxsize
            self._store = _Store(maxsize)

        def __init_subclass__(cls):
            for name in ("_init", "_qsize", "_put", "_get"):
                if hasattr(cls, name):
                    raise TypeError(f"a queue between processes cannot have its own {name}()")

        def put(self, item, block=True, timeout=None):
            put = self._store.put(item, _limit(block, timeout) if self.maxsize > 0 else None)
            if put is None:
                raise ShutDown
            if not put:
                raise Full

        def get(self, block=True, timeout=None):
            found = self._take(_limit(block, timeout))
            if found is None:
                raise ShutDown
            if not found:
                raise Empty
            return found[0]

        def _take(self, limit):
            return self._store.take(limit, last=self._last)

        def put_nowait(self, item):
            return self.put(item, block=False)

        def get_nowait(self):
            return self.get(block=False)

        def empty(self):
            return not self._store

        def qsize(self):
            return len(self._store)

        def full(self):
            return 0 < self.maxsize <= len(self._store)

        @property
        def unfinished_tasks(self):
            return self._store.unfinished()

        @property
        def is_shutdown(self):
            return self._store.is_closed()

        def task_done(self):
            if not self._store.finish_one():
                raise ValueError("task_done() called too many times")

        def join(self):
            self._store.join()

        def shutdown(self, immediate=False):
            self._store.close(immediate)

    class PriorityQueue(Queue):
        """Smallest first."""

        def __init__(self, maxsize=0):
            super().__init__(maxsize)
            self._taking = _threading.Lock()

        def _take(self, limit):
            end = None if limit is None else _time.monotonic() + limit
            while True:
                with self._taking:
                    items = self._store.items()
                    if items:
                        # What was put since the last time follows what is in order; pushing a heap again leaves it as it is.
                        heap = []
                        for item in items:
                            _heappush(heap, item)
                        first = _heappop(heap)
                        self._store.replace(len(items), heap)
                        return (first,)
                left = None if end is None else max(0, end - _time.monotonic())
                if not self._store.wait(left):
                    return None if self.is_shutdown else False

    class LifoQueue(Queue):
        """Last in, first out."""

        _last = True

else:

    class Queue:
        """First in, first out."""

        def __init__(self, maxsize=0):
            self.maxsize = maxsize
            self._init(maxsize)
            self.mutex = _threading.Lock()
            self.not_empty = _threading.Condition(self.mutex)
            self.not_full = _threading.Condition(self.mutex)
            self.all_tasks_done = _threading.Condition(self.mutex)
            self.unfinished_tasks = 0
            self.is_shutdown = False

        def task_done(self):
            with self.all_tasks_done:
                unfinished = self.unfinished_tasks - 1
                if unfinished <= 0:
                    if unfinished < 0:
                        raise ValueError("task_done() called too many times")
                    self.all_tasks_done.notify_all()
                self.unfinished_tasks = unfinished

        def join(self):
            with self.all_tasks_done:
                while self.unfinished_tasks:
                    self.all_tasks_done.wait()

        def qsize(self):
            with self.mutex:
                return self._qsize()

        def empty(self):
            with self.mutex:
                return not self._qsize()

        def full(self):
            with self.mutex:
                return 0 < self.maxsize <= self._qsize()

        def _await(self, condition, blocked, timeout):
            """Wait on a condition while blocked() holds; whether it ceased to in time."""
            if timeout is None:
                while blocked():
                    condition.wait()
                return True
            if timeout < 0:
                raise ValueError("'timeout' must be a non-negative number")
            end = _time.monotonic() + timeout
            while blocked():
                left = end - _time.monotonic()
                if left <= 0.0:
                    return False
                condition.wait(left)
            return True

        def put(self, item, block=True, timeout=None):
            with self.not_full:
                if self.is_shutdown:
                    raise ShutDown
                if self.maxsize > 0 and self._qsize() >= self.maxsize:
                    if not block:
                        raise Full
                    if not self._await(self.not_full, self._is_full, timeout):
                        raise Full
                    if self.is_shutdown:
                        raise ShutDown
                self._put(item)
                self.unfinished_tasks += 1
                self.not_empty.notify()

        def _is_full(self):
            return self._qsize() >= self.maxsize and not self.is_shutdown

        def _is_empty(self):
            return not self._qsize() and not self.is_shutdown

        def get(self, block=True, timeout=None):
            with self.not_empty:
                if not self._qsize():
                    if self.is_shutdown:
                        raise ShutDown
                    if not block:
                        raise Empty
                    if not self._await(self.not_empty, self._is_empty, timeout):
                        raise Empty
                    if not self._qsize():
                        raise ShutDown
                item = self._get()
                self.not_full.notify()
                return item

        def put_nowait(self, item):
            return self.put(item, block=False)

        def get_nowait(self):
            return self.get(block=False)

        def shutdown(self, immediate=False):
            with self.mutex:
                self.is_shutdown = True
                if immediate:
                    while self._qsize():
                        self._get()
                        if self.unfinished_tasks > 0:
                            self.unfinished_tasks -= 1
                    self.all_tasks_done.notify_all()
                self.not_empty.notify_all()
                self.not_full.notify_all()

        # What the other kinds of queue override; called with the mutex held.

        def _init(self, maxsize):
            self.queue = _deque()

        def _qsize(self):
            return len(self.queue)

        def _put(self, item):
            self.queue.append(item)

        def _get(self):
            return self.queue.popleft()

    class PriorityQueue(Queue):
        """Smallest first."""

        def _init(self, maxsize):
            self.queue = []

        def _put(self, item):
            _heappush(self.queue, item)

        def _get(self):
            return _heappop(self.queue)

    class LifoQueue(Queue):
        """Last in, first out."""

        def _init(self, maxsize):
            self.queue = []

        def _put(self, item):
            self.queue.append(item)

        def _get(self):
            return self.queue.pop()
