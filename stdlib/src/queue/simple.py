"""The simplest queue, which has no bound and counts no tasks."""

from _collections import deque as _deque
from _thread import _Count, _is_process_mode, _seconds


class Empty(Exception):
    "Exception raised by Queue.get(block=0)/get_nowait()."


class _Items:
    """What a `_Store` is between processes, for threads that share memory."""

    def __init__(self):
        self._items = _deque()
        self._available = _Count(0)

    def __len__(self):
        return len(self._items)

    def put(self, item, timeout):
        self._items.append(item)
        self._available.release(1, None)

    def take(self, timeout):
        return self._available.acquire(timeout) and (self._items.popleft(),)


class SimpleQueue:
    """First in, first out, without a bound or tasks."""

    def __new__(cls, *args, **kwargs):
        if cls.__init__ is object.__init__ and (args or kwargs):
            raise TypeError(f"SimpleQueue() takes no {'positional' if args else 'keyword'} arguments")
        self = object.__new__(cls)
        self._store = _Store(0) if _is_process_mode() else _Items()
        return self

    def put(self, item, block=True, timeout=None):
        self._store.put(item, None)

    def get(self, block=True, timeout=None):
        if not block:
            timeout = 0
        elif timeout is not None and _seconds(timeout) < 0:
            raise ValueError("'timeout' must be a non-negative number")
        found = self._store.take(timeout)
        if not found:
            raise Empty
        return found[0]

    def put_nowait(self, item):
        return self.put(item, block=False)

    def get_nowait(self):
        return self.get(block=False)

    def empty(self):
        return len(self._store) == 0

    def qsize(self):
        return len(self._store)
