"""Generic (shallow and deep) copying operations."""

from collections import deque
from functools import partial

__all__ = ["Error", "copy", "deepcopy", "replace"]


class Error(Exception):
    pass


error = Error

_ATOMIC = frozenset((
    type(None), int, float, bool, complex, str, bytes, type, range, slice,
    type(...), type(NotImplemented), type(len), type(lambda: None), property,
))


def copy(x):
    """Shallow copy operation on arbitrary Python objects."""
    cls = type(x)
    if cls in _ATOMIC or cls is tuple or cls is frozenset:
        return x
    if cls is list or cls is dict or cls is set or cls is bytearray:
        return x.copy()
    if isinstance(x, type):
        return x
    own = getattr(cls, "__copy__", None)
    if own is not None:
        return own(x)
    return _rebuild(x, cls, lambda value: value)


def deepcopy(x, memo=None):
    """Deep copy operation on arbitrary Python objects."""
    cls = type(x)
    if cls in _ATOMIC:
        return x
    if memo is None:
        memo = {}
    key = id(x)
    done = memo.get(key, memo)
    if done is not memo:
        return done
    own = None if isinstance(x, type) else getattr(cls, "__deepcopy__", None)
    if own is not None:
        y = own(x, memo)
    elif cls is list:
        y = []
        memo[key] = y
        for value in x:
            y.append(deepcopy(value, memo))
    elif cls is dict:
        y = {}
        memo[key] = y
        for name, value in x.items():
            y[deepcopy(name, memo)] = deepcopy(value, memo)
    elif cls is tuple:
        y = _deepcopy_tuple(x, memo)
    elif cls is set or cls is frozenset:
        y = cls([deepcopy(value, memo) for value in x])
    elif cls is bytearray:
        y = bytearray(x)
    elif isinstance(x, type):
        y = x
    elif hasattr(x, "__func__"):
        y = getattr(deepcopy(x.__self__, memo), x.__func__.__name__)
    else:
        y = _rebuild(x, cls, lambda value: deepcopy(value, memo), memo)
    if y is not x:
        memo[key] = y
        # Keeps the original alive, so that its id stays its own.
        memo.setdefault(id(memo), []).append(x)
    return y


def _deepcopy_tuple(x, memo):
    values = [deepcopy(value, memo) for value in x]
    # A cycle through the tuple has copied it meanwhile.
    if id(x) in memo:
        return memo[id(x)]
    for old, new in zip(x, values):
        if old is not new:
            return tuple(values)
    return x


def _rebuild(x, cls, convert, memo=None):
    """Makes an object of the same class, without calling its __init__."""
    if isinstance(x, BaseException):
        y = cls.__new__(cls, *[convert(value) for value in x.args])
    elif isinstance(x, tuple):
        y = cls.__new__(cls, *_new_arguments(x, convert))
    elif isinstance(x, (int, float, str, bytes, complex)):
        base = [b for b in (int, float, str, bytes, complex) if isinstance(x, b)][0]
        y = cls.__new__(cls, base(x))
    elif isinstance(x, frozenset):
        y = cls.__new__(cls, [convert(value) for value in x])
    elif isinstance(x, deque):
        y = cls() if x.maxlen is None else cls((), x.maxlen)
    elif isinstance(x, partial):
        keywords = {name: convert(value) for name, value in x.keywords.items()}
        y = cls.__new__(cls, convert(x.func), *[convert(value) for value in x.args], **keywords)
    elif hasattr(x, "__getnewargs__"):
        y = cls.__new__(cls, *[convert(value) for value in x.__getnewargs__()])
    else:
        try:
            y = cls.__new__(cls)
        except TypeError:
            raise TypeError(f"cannot pickle {cls.__name__!r} object") from None
    if memo is not None:
        memo[id(x)] = y
    state = x.__getstate__() if "__getstate__" in _names_of(cls) else None
    if state is not None:
        state = convert(state)
        if hasattr(y, "__setstate__"):
            y.__setstate__(state)
        else:
            y.__dict__.update(state)
    else:
        for name, value in getattr(x, "__dict__", {}).items():
            y.__dict__[name] = convert(value)
        for name in _slots_of(cls):
            if hasattr(x, name):
                object.__setattr__(y, name, convert(getattr(x, name)))
    if isinstance(x, list):
        for value in x:
            list.append(y, convert(value))
    elif isinstance(x, deque):
        for value in x:
            y.append(convert(value))
    elif isinstance(x, dict):
        for name, value in x.items():
            dict.__setitem__(y, convert(name), convert(value))
    elif isinstance(x, set):
        for value in x:
            set.add(y, convert(value))
    return y


def _new_arguments(x, convert):
    values = [convert(value) for value in tuple(x)]
    return values if hasattr(x, "_fields") else [values]


def _names_of(cls):
    names = set()
    for base in cls.__mro__:
        if base is not object:
            names.update(base.__dict__)
    return names


def _slots_of(cls):
    names = []
    for base in cls.__mro__:
        slots = base.__dict__.get("__slots__", ())
        for name in (slots,) if isinstance(slots, str) else slots:
            if name not in ("__dict__", "__weakref__"):
                if name.startswith("__") and not name.endswith("__"):
                    name = "_" + base.__name__.lstrip("_") + name
                names.append(name)
    return names


def replace(obj, /, **changes):
    """Return a new object replacing specified fields with new values."""
    cls = type(obj)
    own = getattr(cls, "__replace__", None)
    if own is None:
        raise TypeError(f"replace() does not support {cls.__name__} objects")
    return own(obj, **changes)
