import sys
from functools import wraps


class AbstractContextManager:
    """A context manager that returns itself and hides nothing."""

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        return None


class ContextDecorator:
    """A context manager that may also wrap functions."""

    def _recreate_cm(self):
        return self

    def __call__(self, function):
        @wraps(function)
        def inner(*args, **keywords):
            with self._recreate_cm():
                return function(*args, **keywords)

        return inner


class _GeneratorContextManager(ContextDecorator):
    def __init__(self, function, args, keywords):
        self._generator = function(*args, **keywords)
        self._call = function, args, keywords

    def _recreate_cm(self):
        return type(self)(*self._call)

    def __enter__(self):
        try:
            return next(self._generator)
        except StopIteration:
            raise RuntimeError("generator didn't yield") from None

    def __exit__(self, kind, error, traceback):
        if kind is None:
            try:
                next(self._generator)
            except StopIteration:
                return False
            self._generator.close()
            raise RuntimeError("generator didn't stop")
        if error is None:
            error = kind()
        try:
            self._generator.throw(error)
        except StopIteration as stop:
            return stop is not error
        except RuntimeError as raised:
            if raised is error:
                return False
            if isinstance(error, StopIteration) and raised.__cause__ is error:
                return False
            raise
        except BaseException as raised:
            if raised is not error:
                raise
            return False
        self._generator.close()
        raise RuntimeError("generator didn't stop after throw()")


def contextmanager(function):
    """Makes a context manager of a generator function that yields once."""

    @wraps(function)
    def helper(*args, **keywords):
        return _GeneratorContextManager(function, args, keywords)

    return helper


class closing(AbstractContextManager):
    """Closes something at the end."""

    def __init__(self, thing):
        self.thing = thing

    def __enter__(self):
        return self.thing

    def __exit__(self, *exception):
        self.thing.close()


class nullcontext(AbstractContextManager):
    """Does nothing."""

    def __init__(self, enter_result=None):
        self.enter_result = enter_result

    def __enter__(self):
        return self.enter_result

    def __exit__(self, *exception):
        return None


class suppress(AbstractContextManager):
    """Hides exceptions of some classes."""

    def __init__(self, *exceptions):
        self._exceptions = exceptions

    def __enter__(self):
        return None

    def __exit__(self, kind, error, traceback):
        return kind is not None and issubclass(kind, self._exceptions)


class _Redirect(AbstractContextManager):
    _stream = None

    def __init__(self, new_target):
        self._new_target = new_target
        self._old_targets = []

    def __enter__(self):
        self._old_targets.append(getattr(sys, self._stream))
        setattr(sys, self._stream, self._new_target)
        return self._new_target

    def __exit__(self, *exception):
        setattr(sys, self._stream, self._old_targets.pop())


class redirect_stdout(_Redirect):
    """Sends what is printed somewhere else."""

    _stream = "stdout"


class redirect_stderr(_Redirect):
    """Sends error messages somewhere else."""

    _stream = "stderr"


class ExitStack(AbstractContextManager):
    """Leaves any number of context managers, the last first."""

    def __init__(self):
        self._exits = []

    def enter_context(self, manager):
        """Enter a context manager, to be left with the stack."""
        result = type(manager).__enter__(manager)
        self.push(manager)
        return result

    def push(self, exit):
        """Add a context manager that was entered, or a function like `__exit__`."""
        method = getattr(type(exit), "__exit__", None)
        self._exits.append(exit if method is None else lambda *exception: method(exit, *exception))
        return exit

    def callback(self, function, /, *args, **keywords):
        """Add a function to call at the end."""

        def call(*exception):
            function(*args, **keywords)

        self._exits.append(call)
        return function

    def pop_all(self):
        """Move everything to a new stack."""
        new = type(self)()
        new._exits, self._exits = self._exits, []
        return new

    def close(self):
        """Leave everything now."""
        self.__exit__(None, None, None)

    def __exit__(self, kind, error, traceback):
        original, handled = error, sys.exception()
        while self._exits:
            exit = self._exits.pop()
            try:
                hidden = exit(None if error is None else type(error), error, error and error.__traceback__)
                if hidden:
                    error = None
            except BaseException as raised:
                _link(raised, error, handled)
                error = raised
        if error is not None and error is not original:
            context = error.__context__
            try:
                raise error
            except BaseException:
                # Raising it made what the `with` statement handles its context.
                error.__context__ = context
                raise
        return original is not None and error is None


def _link(raised, before, handled):
    """End a chain of contexts with what was raised before it, in place of what the whole `with` statement handles."""
    while raised is not before and raised.__context__ is not None:
        if raised.__context__ is handled:
            raised.__context__ = before
            return
        raised = raised.__context__
