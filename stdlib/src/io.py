from builtins import open

SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2
DEFAULT_BUFFER_SIZE = 131072


class UnsupportedOperation(OSError, ValueError):
    """The file was opened for something else."""


class _Memory:
    """A file that lies in memory: what texts and bytes have in common."""

    def __init__(self, initial):
        self._data = self._checked(initial)
        self._at = 0
        self.closed = False

    def _open(self):
        if self.closed:
            raise ValueError("I/O operation on closed file.")

    def getvalue(self):
        """All that the file holds."""
        self._open()
        return self._data

    def read(self, size=-1, /):
        """The next characters or bytes; all if the size is negative or None."""
        self._open()
        start = min(self._at, len(self._data))
        self._at = len(self._data) if size is None or size < 0 else min(start + size, len(self._data))
        return self._data[start : self._at]

    def readline(self, size=-1, /):
        """The next line."""
        self._open()
        end = self._data.find(self._newline, self._at)
        end = len(self._data) if end < 0 else end + 1
        if size is not None and size >= 0:
            end = min(end, self._at + size)
        return self.read(max(end - self._at, 0))

    def readlines(self, hint=-1, /):
        """The lines that are left."""
        return list(self)

    def write(self, data, /):
        """Put something at the position; returns how much it was."""
        self._open()
        data = self._checked(data)
        if self._at == len(self._data):
            self._data += data
        else:
            before = self._data[: self._at]
            before += self._filler * (self._at - len(before))
            self._data = before + data + self._data[self._at + len(data) :]
        self._at += len(data)
        return len(data)

    def writelines(self, lines, /):
        """Write each of some lines."""
        for line in lines:
            self.write(line)

    def seek(self, position, whence=0, /):
        """Go to a position; returns it."""
        self._open()
        base = (0, self._at, len(self._data))[whence]
        if base + position < 0:
            raise ValueError(f"negative seek value {position}")
        self._at = base + position
        return self._at

    def tell(self):
        """The position."""
        self._open()
        return self._at

    def truncate(self, size=None, /):
        """Cut off what follows a size, or the position."""
        self._open()
        size = self._at if size is None else size
        self._data = self._data[:size]
        return size

    def flush(self):
        """Nothing: there is no buffer."""
        self._open()

    def close(self):
        """Forget the contents."""
        self.closed = True

    def readable(self):
        self._open()
        return True

    writable = seekable = readable

    def isatty(self):
        self._open()
        return False

    def fileno(self):
        raise UnsupportedOperation("fileno")

    def __enter__(self):
        self._open()
        return self

    def __exit__(self, *exception):
        self.close()

    def __iter__(self):
        self._open()
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line


class StringIO(_Memory):
    """A text file that lies in memory."""

    _empty, _newline, _filler = "", "\n", "\0"
    encoding = errors = newlines = None
    line_buffering = False

    def __init__(self, initial_value="", newline="\n"):
        super().__init__(initial_value)

    def _checked(self, data):
        if data is None:
            return ""
        if not isinstance(data, str):
            raise TypeError(f"string argument expected, got {type(data).__name__!r}")
        return data


class BytesIO(_Memory):
    """A file of bytes that lies in memory."""

    _empty, _newline, _filler = b"", b"\n", b"\0"

    def __init__(self, initial_bytes=b""):
        super().__init__(initial_bytes)

    def _checked(self, data):
        if not isinstance(data, (bytes, bytearray)):
            raise TypeError(f"a bytes-like object is required, not {type(data).__name__!r}")
        return bytes(data)

    def getbuffer(self):
        """All that the file holds."""
        return self.getvalue()

    def readinto(self, buffer, /):
        """Read into a bytearray; returns how much there was."""
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)
