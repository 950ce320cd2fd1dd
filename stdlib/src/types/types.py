from _thread import get_ident as _get_ident

# Of one class here, because both bind a native function to an object.
MethodWrapperType = type(object().__str__)
WrapperDescriptorType = type(object.__init__)

# The namespaces that each thread is showing, so that one within itself is shown as three dots.
_shown = set()


class SimpleNamespace:
    """A simple attribute-based namespace."""

    def __init__(self, *args, **kwargs):
        if len(args) > 1:
            raise TypeError(f"{type(self).__name__} expected at most 1 argument, got {len(args)}")
        for values in args:
            values = values if isinstance(values, dict) else dict(values)
            if not all(isinstance(name, str) for name in values):
                raise TypeError("keywords must be strings")
            self.__dict__.update(values)
        self.__dict__.update(kwargs)

    def __repr__(self):
        name = "namespace" if type(self) is SimpleNamespace else type(self).__name__
        key = _get_ident(), id(self)
        if key in _shown:
            return f"{name}(...)"
        _shown.add(key)
        try:
            return f"{name}({', '.join(f'{n}={v!r}' for n, v in self.__dict__.items())})"
        finally:
            _shown.discard(key)

    def __eq__(self, other):
        if isinstance(other, SimpleNamespace):
            return self.__dict__ == other.__dict__
        return NotImplemented

    def __lt__(self, other):
        return self.__dict__ < other.__dict__ if isinstance(other, SimpleNamespace) else NotImplemented

    def __le__(self, other):
        return self.__dict__ <= other.__dict__ if isinstance(other, SimpleNamespace) else NotImplemented

    def __gt__(self, other):
        return self.__dict__ > other.__dict__ if isinstance(other, SimpleNamespace) else NotImplemented

    def __ge__(self, other):
        return self.__dict__ >= other.__dict__ if isinstance(other, SimpleNamespace) else NotImplemented

    def __reduce__(self):
        return type(self), (), self.__dict__

    def __replace__(self, /, **changes):
        made = type(self)()
        made.__dict__.update(self.__dict__, **changes)
        return made


SimpleNamespace.__module__ = "types"
