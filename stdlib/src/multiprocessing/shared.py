

_C_NAMES = {
    "c": "c_char", "b": "c_byte", "B": "c_ubyte", "h": "c_short", "H": "c_ushort", "i": "c_int", "I": "c_uint",
    "l": "c_long", "L": "c_ulong", "q": "c_long", "Q": "c_ulong", "f": "c_float", "d": "c_double",
}


class _RawValue:
    """A number that processes share."""

    def __init__(self, typecode, value=0):
        self._code = typecode
        self._memory = _Memory(typecode, 1)
        self.value = value

    @property
    def value(self):
        number = self._memory.get(0)
        return bytes((number,)) if self._code == "c" else number

    @value.setter
    def value(self, value):
        self._memory.set(0, _char(value) if self._code == "c" else value)

    def __repr__(self):
        return f"{type(self).__name__}({self.value!r})"


for _name in _C_NAMES.values():
    globals()[_name] = type(_name, (_RawValue,), {"__module__": __name__})


def RawValue(typecode, value=0):
    """A number that processes share."""
    return globals()[_C_NAMES.get(typecode, "_RawValue")](typecode, value)


def _char(value):
    if isinstance(value, bytes) and len(value) == 1:
        return value[0]
    if isinstance(value, int) and 0 <= value < 256:
        return value
    raise TypeError("one character bytes, bytearray, or an integer in range(256) expected")


class RawArray:
    """Numbers that processes share."""

    def __init__(self, typecode, size_or_initializer):
        self._code = typecode
        if isinstance(size_or_initializer, int):
            if size_or_initializer < 0:
                raise ValueError("Array length must be >= 0")
            self._memory = _Memory(typecode, size_or_initializer)
        else:
            values = list(size_or_initializer)
            self._memory = _Memory(typecode, len(values))
            self[:] = values

    def __len__(self):
        return len(self._memory)

    def _index(self, index):
        if index < 0:
            index += len(self)
        if not 0 <= index < len(self):
            raise IndexError("invalid index")
        return index

    def __getitem__(self, index):
        if isinstance(index, slice):
            values = [self._memory.get(i) for i in range(*index.indices(len(self)))]
            return bytes(values) if self._code == "c" else values
        value = self._memory.get(self._index(index))
        return bytes((value,)) if self._code == "c" else value

    def __setitem__(self, index, value):
        if isinstance(index, slice):
            places = range(*index.indices(len(self)))
            values = list(value)
            if len(places) != len(values):
                raise ValueError("Can only assign sequence of same size")
            for place, value in zip(places, values):
                self._memory.set(place, _char(value) if self._code == "c" else value)
        else:
            self._memory.set(self._index(index), _char(value) if self._code == "c" else value)

    @property
    def raw(self):
        if self._code != "c":
            raise AttributeError("raw")
        return self[:]

    @property
    def value(self):
        return self.raw.partition(b"\0")[0]

    @value.setter
    def value(self, value):
        if len(value) > len(self):
            raise ValueError("byte string too long")
        self[: len(value)] = value
        if len(value) < len(self):
            self[len(value)] = 0

    def __repr__(self):
        kind = f"{_C_NAMES[self._code]}_Array_{len(self)}"
        return f"<multiprocessing.sharedctypes.{kind} object at {id(self):#x}>"


class Synchronized:
    """A shared number, and a lock for those who need it to stay as it is meanwhile."""

    def __init__(self, obj, lock=None):
        self._obj = obj
        self._lock = RLock() if lock is None else lock
        self.acquire = self._lock.acquire
        self.release = self._lock.release

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *exception):
        return self._lock.__exit__(*exception)

    def get_obj(self):
        return self._obj

    def get_lock(self):
        return self._lock

    @property
    def value(self):
        with self:
            return self._obj.value

    @value.setter
    def value(self, value):
        with self:
            self._obj.value = value

    def __repr__(self):
        return f"<{type(self).__name__} wrapper for {self._obj}>"


class SynchronizedArray(Synchronized):
    """Shared numbers with a lock."""

    def __len__(self):
        return len(self._obj)

    def __getitem__(self, index):
        with self:
            return self._obj[index]

    def __setitem__(self, index, value):
        with self:
            self._obj[index] = value


class SynchronizedString(SynchronizedArray):
    """Shared characters with a lock."""

    @property
    def raw(self):
        with self:
            return self._obj.raw


def _synchronized(kind, obj, lock):
    if lock is False:
        return obj
    if lock is not True and lock is not None and not hasattr(lock, "acquire"):
        raise AttributeError(f"{lock!r} has no method 'acquire'")
    return kind(obj, None if lock is True else lock)


def Value(typecode_or_type, *args, lock=True):
    """A number that processes share, with a lock unless told otherwise."""
    return _synchronized(Synchronized, RawValue(typecode_or_type, *args), lock)


def Array(typecode_or_type, size_or_initializer, *, lock=True):
    """Numbers that processes share, with a lock unless told otherwise."""
    kind = SynchronizedString if typecode_or_type == "c" else SynchronizedArray
    return _synchronized(kind, RawArray(typecode_or_type, size_or_initializer), lock)
