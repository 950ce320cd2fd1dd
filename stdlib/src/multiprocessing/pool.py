"""Pools of processes. Their results are received by a thread of the pool's own, which runs callbacks too."""

import _thread
import itertools as _itertools
import threading as _threading
import time as _time
from multiprocessing import TimeoutError, _call_chunk, _call_initialized, cpu_count


class RemoteTraceback(Exception):
    def __init__(self, text):
        self.text = text

    def __str__(self):
        return self.text


class _Service(_threading.Thread):
    """A thread of this process, in every lock mode: one that serves the pool, and runs no code of the script but callbacks."""

    def __init__(self, function, *args):
        super().__init__(target=function, args=args, daemon=True)

    def start(self):
        self._handle = _thread._ThreadHandle()
        _thread._start(lambda: self._bootstrap(_threading.Event()), self._handle)


def _call_back(function, value):
    """Call a callback; there is nobody to hear what it raises."""
    try:
        function(value)
    except BaseException as error:
        _threading.current_thread()._report(error)


class ApplyResult:
    """What a call in a pool will yield."""

    def __init__(self, pool, callback, error_callback):
        self._pool = pool
        self._bell = _Bell()
        self._callback = callback
        self._error_callback = error_callback
        self._ready = False
        self._success = False
        self._value = None

    def ready(self):
        return self._ready

    def successful(self):
        if not self._ready:
            raise ValueError(f"{self!r} not ready")
        return self._success

    def wait(self, timeout=None):
        if not self._ready:
            self._bell.wait(0, timeout)

    def get(self, timeout=None):
        self.wait(timeout)
        if not self._ready:
            raise TimeoutError
        if self._success:
            return self._value
        raise self._value

    def _set(self, part, success, value):
        self._success = success
        self._value = value
        self._finish()

    def _finish(self):
        callback = self._callback if self._success else self._error_callback
        if callback:
            _call_back(callback, self._value)
        self._ready = True
        self._bell.ring()
        self._pool = None


AsyncResult = ApplyResult


class MapResult(ApplyResult):
    """What calls in a pool, in chunks, will yield."""

    def __init__(self, pool, chunks, callback, error_callback):
        super().__init__(pool, callback, error_callback)
        self._chunks = [None] * chunks
        self._failures = []
        # Parts may be set by several threads.
        self._done = _itertools.count(1).__next__
        if not chunks:
            self._success = True
            self._value = []
            self._ready = True
            self._bell.ring()

    def _set(self, part, success, value):
        if success:
            self._chunks[part] = value
        else:
            self._failures.append(value)
        if self._done() == len(self._chunks):
            # The first to fail says why, when all are done.
            self._success = not self._failures
            if self._success:
                self._value = [value for chunk in self._chunks for value in chunk]
            else:
                self._value = self._failures[0]
            self._finish()


class IMapIterator:
    """The results of calls in a pool, in order, as they come."""

    def __init__(self, pool):
        self._pool = pool
        self._bell = _Bell()
        self._arrived = {}
        self._index = 0
        self._length = None

    def __iter__(self):
        return self

    def next(self, timeout=None):
        end = None if timeout is None else _time.monotonic() + timeout
        while True:
            seen = self._bell.count()
            index = self._index
            # Of several who ask, one gets it.
            found = self._arrived.pop(index, None)
            if found is not None:
                self._index = index + 1
                self._bell.ring()
                break
            if index == self._length:
                self._pool = None
                raise StopIteration
            if not self._bell.wait(seen, None if end is None else max(0, end - _time.monotonic())):
                raise TimeoutError
        success, value = found
        if success:
            return value
        raise value

    __next__ = next

    def _set(self, part, success, value):
        self._arrived[part] = success, value
        self._bell.ring()

    def _set_length(self, length):
        self._length = length
        self._bell.ring()


class IMapUnorderedIterator(IMapIterator):
    """The results of calls in a pool, as they come."""

    def __init__(self, pool):
        super().__init__(pool)
        self._place = _itertools.count().__next__

    def _set(self, part, success, value):
        super()._set(self._place(), success, value)


def _handle_results(replies, jobs, ended):
    """Give the replies to whoever waits for them, until no more will come."""
    while (reply := replies.next()) is not None:
        number, returned, value = reply
        if returned is False:
            value, text = value
            value.__cause__ = RemoteTraceback(f'\n"""\n{text}"""')
        result, part = jobs.pop(number)
        result._set(part, bool(returned), value)
        # Waiting keeps nothing alive.
        del reply, value, result
    for number in list(jobs):
        result, part = jobs.pop(number, (None, 0))
        if result is not None:
            result._set(part, False, replies.lost())
    ended.ring()


class Pool:
    """Processes that calls are spread over."""

    def __init__(self, processes=None, initializer=None, initargs=(), maxtasksperchild=None):
        if processes is None:
            processes = cpu_count() or 1
        if processes < 1:
            raise ValueError("Number of processes must be at least 1")
        if maxtasksperchild is not None:
            if not isinstance(maxtasksperchild, int) or maxtasksperchild <= 0:
                raise ValueError("maxtasksperchild must be a positive int or None")
        if initializer is not None and not callable(initializer):
            raise TypeError("initializer must be a callable")
        self._processes = processes
        self._initializer = (initializer, tuple(initargs)) if initializer is not None else None
        self._state = "RUN"
        self._next = _itertools.count().__next__
        # Who waits for a call, by its number: a result, and the part of it.
        self._jobs = {}
        self._tasks = _Tasks(processes, maxtasksperchild)
        self._replies = self._tasks.replies()
        self._ended = _Bell()
        _Service(_handle_results, self._replies, self._jobs, self._ended).start()

    def __repr__(self):
        return f"<{type(self).__module__}.{type(self).__qualname__} state={self._state} pool_size={self._processes}>"

    def __reduce__(self):
        raise NotImplementedError("pool objects cannot be passed between processes or pickled")

    def _check_running(self):
        if self._state != "RUN":
            raise ValueError("Pool not running")

    def _submit(self, result, part, function, args, kwargs={}):
        number = self._next()
        if self._initializer is not None:
            function, args, kwargs = _call_initialized, (self._initializer, function, args, kwargs), {}
        self._jobs[number] = result, part
        try:
            if self._tasks.submit(number, (function, args, kwargs)):
                return
            error = ValueError("Pool not running")
        except Exception as raised:
            error = raised
        # The pool may have ended meanwhile, and told whoever waits.
        if self._jobs.pop(number, None):
            result._set(part, False, error)

    def apply_async(self, func, args=(), kwds={}, callback=None, error_callback=None):
        self._check_running()
        result = ApplyResult(self, callback, error_callback)
        self._submit(result, 0, func, tuple(args), dict(kwds))
        return result

    def apply(self, func, args=(), kwds={}):
        return self.apply_async(func, args, kwds).get()

    def _map_async(self, func, calls, chunksize, callback, error_callback):
        self._check_running()
        if chunksize is None:
            chunksize, extra = divmod(len(calls), self._processes * 4)
            chunksize += bool(extra)
        starts = range(0, len(calls), max(1, chunksize))
        result = MapResult(self, len(starts), callback, error_callback)
        for part, start in enumerate(starts):
            self._submit(result, part, _call_chunk, (func, calls[start : start + starts.step]))
        return result

    def starmap_async(self, func, iterable, chunksize=None, callback=None, error_callback=None):
        return self._map_async(func, [tuple(args) for args in iterable], chunksize, callback, error_callback)

    def map_async(self, func, iterable, chunksize=None, callback=None, error_callback=None):
        return self._map_async(func, [(item,) for item in iterable], chunksize, callback, error_callback)

    def map(self, func, iterable, chunksize=None):
        return self.map_async(func, iterable, chunksize).get()

    def starmap(self, func, iterable, chunksize=None):
        return self.starmap_async(func, iterable, chunksize).get()

    def _imap(self, kind, func, iterable, chunksize):
        self._check_running()
        if chunksize < 1:
            raise ValueError(f"Chunksize must be 1+, not {chunksize:n}")
        result = kind(self)
        feeder = _Service(self._feed, result, func, iterable, chunksize)
        self._tasks.begin_feeding()
        try:
            feeder.start()
        except:
            self._tasks.end_feeding()
            raise
        return result if chunksize == 1 else (value for chunk in result for value in chunk)

    def imap(self, func, iterable, chunksize=1):
        return self._imap(IMapIterator, func, iterable, chunksize)

    def imap_unordered(self, func, iterable, chunksize=1):
        return self._imap(IMapUnorderedIterator, func, iterable, chunksize)

    def _feed(self, result, func, iterable, chunksize):
        """Submit calls as the iterable yields arguments, but no more than the workers will soon ask for."""
        length = 0
        try:
            iterator = iter(iterable)
            while self._tasks.wait_for_room(4 * self._processes):
                chunk = [(item,) for item in _itertools.islice(iterator, chunksize)]
                if not chunk:
                    break
                length += 1
                if chunksize == 1:
                    self._submit(result, length - 1, func, chunk[0])
                else:
                    self._submit(result, length - 1, _call_chunk, (func, chunk))
        except BaseException as error:
            length += 1
            result._set(length - 1, False, error)
        finally:
            result._set_length(length)
            self._tasks.end_feeding()

    def close(self):
        if self._state == "RUN":
            self._state = "CLOSE"
            self._tasks.close()

    def terminate(self):
        self._state = "TERMINATE"
        self._tasks.terminate()

    def join(self):
        if self._state == "RUN":
            raise ValueError("Pool is still running")
        self._ended.wait(0)
        self._tasks.join()

    def __enter__(self):
        self._check_running()
        return self

    def __exit__(self, *exception):
        self.terminate()
