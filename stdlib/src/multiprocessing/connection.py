

class Connection:
    """An end of a pipe."""

    def __init__(self, end, readable=True, writable=True):
        self._end = end
        self.readable = readable
        self.writable = writable

    @property
    def closed(self):
        return self._end.is_closed()

    def _check(self, able, what):
        if self.closed:
            raise OSError("handle is closed")
        if not able:
            raise OSError(f"connection is {what}-only")

    def send(self, obj):
        self._check(self.writable, "read")
        if not self._end.send(obj):
            raise BrokenPipeError(32, "Broken pipe")

    def recv(self):
        self._check(self.readable, "write")
        received = self._end.receive()
        if received is None:
            raise EOFError
        return received[0]

    def send_bytes(self, buf, offset=0, size=None):
        end = len(buf) if size is None else offset + size
        if not 0 <= offset <= end <= len(buf):
            raise ValueError("buffer length < offset + size" if offset >= 0 else "offset is negative")
        self.send(bytes(buf[offset:end]))

    def recv_bytes(self, maxlength=None):
        received = self.recv()
        if maxlength is not None and len(received) > maxlength:
            self.close()
            raise OSError("bad message length")
        return received

    def poll(self, timeout=0.0):
        self._check(self.readable, "write")
        return self._end.poll(timeout)

    def close(self):
        self._end.close()

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.close()


Connection.__module__ = "multiprocessing.connection"


def Pipe(duplex=True):
    """Two connected ends; without duplex the first only receives and the second only sends."""
    one, other = _pipe()
    return Connection(one, writable=duplex), Connection(other, readable=duplex)
