"""Sockets: connections between programs, on this machine or across a network."""

# The native part of this module defines a `socket` of its own, the base of the one here, with every call of the system, and
# the constants. A plain integer stands where CPython has a member of an enumeration.

from _thread import _seconds

error = OSError
timeout = TimeoutError
has_ipv6 = True
EBADF, EAGAIN, EWOULDBLOCK = 9, 11, 11


class herror(OSError):
    """A host's address was not found."""


class gaierror(OSError):
    """A host's name was not resolved."""


_default_timeout = None


def getdefaulttimeout():
    """How long calls of new sockets wait, in seconds; None for ever."""
    return _default_timeout


def setdefaulttimeout(timeout):
    """Set how long calls of new sockets wait, in seconds; None for ever."""
    global _default_timeout
    if timeout is not None:
        timeout = _seconds(timeout)
        if timeout < 0:
            raise ValueError("Timeout value out of range")
    _default_timeout = timeout


class socket(socket):
    """One end of a connection, or a place where connections arrive."""

    def __init__(self, family=-1, type=-1, proto=-1, fileno=None):
        if fileno is not None:
            self._adopt(fileno)
        else:
            family = AF_INET if family == -1 else family
            type = SOCK_STREAM if type == -1 else type
            self._create(family, type, 0 if proto == -1 else proto)
        if _default_timeout is not None:
            self.settimeout(_default_timeout)

    def accept(self):
        """Wait for a connection; return a new socket for it, and the peer's address."""
        connection = _unconnected()
        address = self._accept(connection)
        if _default_timeout is not None:
            connection.settimeout(_default_timeout)
        return connection, address

    def dup(self):
        """Another socket object for the same connection."""
        copy = _unconnected()
        self._duplicate(copy)
        copy.settimeout(self.gettimeout())
        return copy

    def close(self):
        """Close the socket. The connection ends when the files made of it are closed too."""
        self._close()

    def makefile(self, mode="r", buffering=None, *, encoding=None, errors=None, newline=None):
        """A file that reads from and writes to the connection."""
        if not set(mode) <= {"r", "w", "b"}:
            raise ValueError(f"invalid mode {mode!r} (only r, w, b allowed)")
        connection = self.dup()
        if "b" in mode:
            return _File(connection, mode)
        return _TextFile(connection, mode, encoding or "utf-8", errors or "strict", newline)

    def sendfile(self, file, offset=0, count=None):
        """Send what a file of bytes holds; return how much it was."""
        if offset:
            file.seek(offset)
        total = 0
        while count is None or total < count:
            data = file.read(65536 if count is None else min(65536, count - total))
            if not data:
                break
            self.sendall(data)
            total += len(data)
        return total

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.close()

    def __repr__(self):
        closed = " [closed]" if self.fileno() == -1 else ""
        text = f"<socket.socket{closed} fd={self.fileno()}, family={self.family}, type={self.type}, proto={self.proto}"
        if not closed:
            for name, ask in (("laddr", self.getsockname), ("raddr", self.getpeername)):
                try:
                    address = ask()
                except OSError:
                    continue
                if address:
                    text += f", {name}={address}"
        return text + ">"


SocketType = socket


def _unconnected():
    """A socket object that has no socket yet."""
    return socket.__new__(socket)


class _File:
    """A file of bytes over a connection."""

    def __init__(self, connection, mode):
        self._connection = connection
        self._ahead = b""
        self._pending = []
        self.mode = "rwb" if "r" in mode and "w" in mode else "wb" if "w" in mode else "rb"
        self.closed = False

    @property
    def name(self):
        return self._connection.fileno()

    def __repr__(self):
        kind = {"rb": "BufferedReader", "wb": "BufferedWriter"}.get(self.mode, "BufferedRWPair")
        return f"<_io.{kind} name={self.name}>"

    def _check(self, letter):
        if self.closed:
            raise ValueError("I/O operation on closed file.")
        if letter not in self.mode:
            from io import UnsupportedOperation

            raise UnsupportedOperation("not readable" if letter == "r" else "not writable")

    def _fill(self):
        data = self._connection.recv(8192)
        self._ahead += data
        return bool(data)

    def _take(self, count):
        data, self._ahead = self._ahead[:count], self._ahead[count:]
        return data

    def read(self, size=-1, /):
        """Read up to size bytes; all that comes until the peer hangs up if it is negative or None."""
        self._check("r")
        everything = size is None or size < 0
        while (everything or len(self._ahead) < size) and self._fill():
            pass
        return self._take(len(self._ahead) if everything else size)

    def read1(self, size=-1, /):
        """Read what is there, waiting at most once."""
        self._check("r")
        if not self._ahead:
            self._fill()
        return self._take(len(self._ahead) if size < 0 else size)

    def readline(self, size=-1, /):
        """Read one line."""
        self._check("r")
        searched = 0
        while (end := self._ahead.find(b"\n", searched)) < 0:
            searched = len(self._ahead)
            if not self._fill():
                break
        end = len(self._ahead) if end < 0 else end + 1
        return self._take(end if size is None or size < 0 else min(size, end))

    def readlines(self, hint=-1, /):
        """The lines that are left."""
        return list(self)

    def write(self, data, /):
        """Write bytes; they are sent by flush(), by close(), or when many are pending."""
        self._check("w")
        self._pending.append(bytes(data))
        if sum(map(len, self._pending)) >= 8192:
            self.flush()
        return len(data)

    def writelines(self, lines, /):
        """Write each of some lines."""
        for line in lines:
            self.write(line)

    def flush(self):
        """Send what is pending."""
        if self.closed:
            raise ValueError("I/O operation on closed file.")
        data, self._pending = b"".join(self._pending), []
        if data:
            self._connection.sendall(data)

    def close(self):
        """Send what is pending and let go of the connection."""
        if not self.closed:
            try:
                self.flush()
            finally:
                self.closed = True
                self._connection.close()

    def fileno(self):
        return self._connection.fileno()

    def readable(self):
        return "r" in self.mode

    def writable(self):
        return "w" in self.mode

    def seekable(self):
        return False

    def isatty(self):
        return False

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.close()

    def __iter__(self):
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line


class _TextFile(_File):
    """A text file over a connection."""

    def __init__(self, connection, mode, encoding, errors, newline):
        super().__init__(connection, mode)
        self.mode = mode
        self.encoding, self.errors, self._newline = encoding, errors, newline

    def __repr__(self):
        return f"<_io.TextIOWrapper name={self.name} mode={self.mode!r} encoding={self.encoding.upper()!r}>"

    def _text(self, data):
        text = data.decode(self.encoding, self.errors)
        return text.replace("\r\n", "\n").replace("\r", "\n") if self._newline is None else text

    def read(self, size=-1, /):
        """Read up to size characters; all that comes until the peer hangs up if it is negative or None."""
        if size is None or size < 0:
            return self._text(super().read())
        characters = []
        while len(characters) < size and (data := super().read(1)):
            first = data[0]
            more = 0 if first < 0xC0 else 1 if first < 0xE0 else 2 if first < 0xF0 else 3
            characters.append(self._text(data + super().read(more)))
        return "".join(characters)

    def readline(self, size=-1, /):
        """Read one line."""
        return self._text(super().readline(size))

    def write(self, text, /):
        """Write text; it is sent by flush(), by close(), or when much is pending."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        ending = self._newline or "\n"
        super().write((text if ending == "\n" else text.replace("\n", ending)).encode(self.encoding, self.errors))
        return len(text)


def socketpair(family=None, type=SOCK_STREAM, proto=0):
    """Two sockets, connected to each other."""
    one, two = _unconnected(), _unconnected()
    one._create_pair(two, AF_UNIX if family is None else family, type, proto)
    return one, two


def fromfd(fd, family, type, proto=0):
    """A socket of a copy of a descriptor."""
    original = socket(family, type, proto, fileno=fd)
    copy = original.dup()
    original.detach()
    return copy


def _port_number(port):
    if port is None:
        return 0
    if isinstance(port, (str, bytes)):
        try:
            return int(port)
        except ValueError:
            raise gaierror(EAI_SERVICE, "Servname not supported for ai_socktype") from None
    return port


def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
    """Every way to reach a service: tuples of family, type, protocol, canonical name and address."""
    if host is None:
        hosts = ("::", "0.0.0.0") if flags & AI_PASSIVE else ("::1", "127.0.0.1")
        found = zip((AF_INET6, AF_INET), hosts)
    else:
        found = _resolve(host.decode() if isinstance(host, bytes) else host)
    port = _port_number(port)
    ways = []
    for kind, text in found:
        if family not in (AF_UNSPEC, kind):
            continue
        address = (text, port) if kind == AF_INET else (text, port, 0, 0)
        for sort, protocol in ((SOCK_STREAM, IPPROTO_TCP), (SOCK_DGRAM, IPPROTO_UDP), (SOCK_RAW, 0)):
            if type in (0, sort) and proto in (0, protocol):
                ways.append((kind, sort, proto or protocol, "", address))
    if not ways:
        raise gaierror(EAI_NONAME, "Name or service not known")
    return ways


def gethostbyname(hostname):
    """The IPv4 address of a host."""
    return getaddrinfo(hostname, 0, AF_INET)[0][4][0]


def getfqdn(name=""):
    """The name of a host; of this machine if none is given."""
    return name.strip() or gethostname()


def create_connection(address, timeout=..., source_address=None, *, all_errors=False):
    """Connect to a host and port, trying each of the host's addresses."""
    host, port = address
    errors = []
    for family, kind, protocol, _, target in getaddrinfo(host, port, 0, SOCK_STREAM):
        connection = None
        try:
            connection = socket(family, kind, protocol)
            if timeout is not ...:
                connection.settimeout(timeout)
            if source_address:
                connection.bind(source_address)
            connection.connect(target)
            return connection
        except OSError as failure:
            if not all_errors:
                errors.clear()
            errors.append(failure)
            if connection is not None:
                connection.close()
    try:
        if not all_errors:
            raise errors[0]
        raise ExceptionGroup("create_connection failed", errors)
    finally:
        errors.clear()


def has_dualstack_ipv6():
    """Whether one socket can serve IPv4 and IPv6."""
    try:
        with socket(AF_INET6, SOCK_STREAM) as probe:
            probe.setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, 0)
            return True
    except OSError:
        return False


def create_server(address, *, family=AF_INET, backlog=None, reuse_port=False, dualstack_ipv6=False):
    """A socket that listens on a host and port."""
    if dualstack_ipv6 and family != AF_INET6:
        raise ValueError("dualstack_ipv6 requires AF_INET6 family")
    listener = socket(family, SOCK_STREAM)
    try:
        if family in (AF_INET, AF_INET6):
            listener.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
        if reuse_port:
            listener.setsockopt(SOL_SOCKET, SO_REUSEPORT, 1)
        if family == AF_INET6:
            listener.setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, 0 if dualstack_ipv6 else 1)
        listener.bind(address)
        listener.listen() if backlog is None else listener.listen(backlog)
        return listener
    except OSError:
        listener.close()
        raise
