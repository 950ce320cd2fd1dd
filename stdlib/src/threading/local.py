

class _local:
    """An object whose attributes are each thread's own."""

    __slots__ = ("_shares", "_arguments")

    def __new__(cls, /, *args, **kwargs):
        if (args or kwargs) and cls.__init__ is object.__init__:
            raise TypeError("Initialization arguments are not supported")
        self = object.__new__(cls)
        shares = _Shares()
        shares.add({})
        object.__setattr__(self, "_shares", shares)
        object.__setattr__(self, "_arguments", (args, kwargs))
        return self

    def __getattribute__(self, name):
        mine = _share(self)
        if name == "__dict__":
            return mine
        if name in mine and not _has_data_descriptor(self, name):
            return mine[name]
        try:
            return object.__getattribute__(self, name)
        except AttributeError:
            if type(self) is not _local:
                raise
        raise AttributeError(f"'_thread._local' object has no attribute {name!r}")

    def __setattr__(self, name, value):
        mine = _share_to_change(self, name)
        if _has_data_descriptor(self, name):
            object.__setattr__(self, name, value)
        else:
            mine[name] = value

    def __delattr__(self, name):
        mine = _share_to_change(self, name)
        if _has_data_descriptor(self, name):
            object.__delattr__(self, name)
        elif name in mine:
            del mine[name]
        else:
            raise AttributeError(f"{_shown_class(self)!r} object has no attribute {name!r}")

    def __dir__(self):
        return {*object.__dir__(self), *_share(self)}


def _share(self):
    """The running thread's attributes of a local; a thread that comes for the first time initialises them."""
    shares = object.__getattribute__(self, "_shares")
    mine = shares.mine()
    if mine is None:
        mine = {}
        shares.add(mine)
        cls = type(self)
        if cls.__init__ is not object.__init__:
            args, kwargs = object.__getattribute__(self, "_arguments")
            try:
                cls.__init__(self, *args, **kwargs)
            except:
                shares.remove()
                raise
    return mine


def _share_to_change(self, name):
    mine = _share(self)
    if name == "__dict__":
        raise AttributeError(f"{_shown_class(self)!r} object attribute '__dict__' is read-only")
    return mine


def _shown_class(self):
    cls = type(self)
    return "_thread._local" if cls is _local else cls.__name__
