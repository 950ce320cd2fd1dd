import posixpath as path
import sys
from posix import *
from posix import _environ, _exit, _listdir, _lstat, _stat

sys.modules["os.path"] = path
from posixpath import altsep, curdir, defpath, devnull, extsep, pardir, pathsep, sep

name = "posix"
linesep = "\n"
error = OSError
F_OK, X_OK, W_OK, R_OK = 0, 1, 2, 4
SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2


class _Environ:
    """The environment variables, as a mapping of strings."""

    def __init__(self, variables):
        self._data = variables

    def _check(self, text):
        if not isinstance(text, str):
            raise TypeError(f"str expected, not {type(text).__name__}")
        return text

    def __getitem__(self, key):
        return self._data[self._check(key)]

    def __setitem__(self, key, value):
        key, value = self._check(key), self._check(value)
        self._data[key] = value

    def __delitem__(self, key):
        del self._data[self._check(key)]

    def __contains__(self, key):
        return key in self._data

    def __iter__(self):
        return iter(list(self._data))

    def __len__(self):
        return len(self._data)

    def __eq__(self, other):
        return self._data == (other._data if isinstance(other, _Environ) else other)

    def __or__(self, other):
        return dict(self) | dict(other)

    def __repr__(self):
        return "environ({" + ", ".join(f"{key!r}: {value!r}" for key, value in self._data.items()) + "})"

    def get(self, key, default=None):
        return self._data.get(key, default)

    def keys(self):
        return self._data.keys()

    def values(self):
        return self._data.values()

    def items(self):
        return self._data.items()

    def pop(self, key, *default):
        return self._data.pop(key, *default)

    def setdefault(self, key, default):
        if key not in self._data:
            self[key] = default
        return self._data[key]

    def update(self, *mappings, **values):
        for key, value in dict(*mappings, **values).items():
            self[key] = value

    def clear(self):
        self._data.clear()

    def copy(self):
        return dict(self._data)


environ = _Environ(_environ)


def getenv(key, default=None):
    """The environment variable, or the default."""
    if not isinstance(key, str):
        raise TypeError(f"str expected, not {type(key).__name__}")
    return environ.get(key, default)


def putenv(key, value):
    """Set an environment variable."""
    environ[key] = value


def unsetenv(key):
    """Delete an environment variable."""
    environ.pop(key, None)


def getlogin():
    """The name of the user."""
    return environ.get("LOGNAME") or environ["USER"]


def listdir(path="."):
    """The names in a folder."""
    return _listdir(path)


class stat_result(tuple):
    """The facts about a file."""

    st_mode = property(lambda self: self[0])
    st_ino = property(lambda self: self[1])
    st_dev = property(lambda self: self[2])
    st_nlink = property(lambda self: self[3])
    st_uid = property(lambda self: self[4])
    st_gid = property(lambda self: self[5])
    st_size = property(lambda self: self[6])

    def __new__(cls, fields):
        self = tuple.__new__(cls, fields[:7] + tuple(int(time) for time in fields[7:]))
        self.st_atime, self.st_mtime, self.st_ctime = fields[7:]
        return self

    def __repr__(self):
        names = ("mode", "ino", "dev", "nlink", "uid", "gid", "size", "atime", "mtime", "ctime")
        return "os.stat_result(" + ", ".join(f"st_{n}={v!r}" for n, v in zip(names, self)) + ")"


def stat(path, *, follow_symlinks=True):
    """The facts about a file."""
    return stat_result((_stat if follow_symlinks else _lstat)(path))


def lstat(path):
    """The facts about a file or symbolic link."""
    return stat_result(_lstat(path))


def access(path, mode):
    """Whether the file exists, and its mode allows what is asked."""
    try:
        allowed = _stat(path)[0]
    except OSError:
        return False
    return getuid() == 0 or (allowed >> 6 | allowed) & mode == mode


def makedirs(name, mode=0o777, exist_ok=False):
    """Make a folder and those around it."""
    head, tail = path.split(name)
    if not tail:
        head, tail = path.split(head)
    if head and tail and not path.exists(head):
        makedirs(head, exist_ok=exist_ok)
    try:
        mkdir(name, mode)
    except OSError:
        if not exist_ok or not path.isdir(name):
            raise


def removedirs(name):
    """Remove a folder, and those around it that are empty then."""
    rmdir(name)
    head = path.dirname(name)
    while head:
        try:
            rmdir(head)
        except OSError:
            break
        head = path.dirname(head)


def walk(top, topdown=True, onerror=None, followlinks=False):
    """For each folder in a tree: its path, the names of its folders and of its files."""
    try:
        names = listdir(top)
    except OSError as error:
        if onerror is not None:
            onerror(error)
        return
    dirs = [name for name in names if path.isdir(path.join(top, name))]
    files = [name for name in names if not path.isdir(path.join(top, name))]
    if topdown:
        yield top, dirs, files
    for name in dirs:
        inner = path.join(top, name)
        if followlinks or not path.islink(inner):
            yield from walk(inner, topdown, onerror, followlinks)
    if not topdown:
        yield top, dirs, files


class DirEntry:
    """A file that `scandir` found."""

    def __init__(self, folder, name):
        self.name = name
        self.path = path.join(folder, name)

    def is_dir(self, *, follow_symlinks=True):
        return path.isdir(self.path) and (follow_symlinks or not path.islink(self.path))

    def is_file(self, *, follow_symlinks=True):
        return path.isfile(self.path) and (follow_symlinks or not path.islink(self.path))

    def is_symlink(self):
        return path.islink(self.path)

    def stat(self, *, follow_symlinks=True):
        return stat(self.path, follow_symlinks=follow_symlinks)

    def inode(self):
        return self.stat(follow_symlinks=False).st_ino

    def __fspath__(self):
        return self.path

    def __repr__(self):
        return f"<DirEntry {self.name!r}>"


class _Scan:
    def __init__(self, folder):
        self._entries = iter([DirEntry(folder, name) for name in listdir(folder)])

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._entries)

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.close()

    def close(self):
        self._entries = iter(())


def scandir(path="."):
    """The files in a folder."""
    return _Scan(fspath(path))


class PathLike:
    """What has `__fspath__`."""

    @classmethod
    def __subclasshook__(cls, subclass):
        return hasattr(subclass, "__fspath__")


def fsencode(filename):
    """The path as bytes."""
    filename = fspath(filename)
    return filename.encode() if isinstance(filename, str) else filename


def fsdecode(filename):
    """The path as a string."""
    filename = fspath(filename)
    return filename.decode() if isinstance(filename, bytes) else filename


def get_terminal_size(fallback=(80, 24)):
    """Columns and lines of the terminal, from the environment."""
    return int(environ.get("COLUMNS", fallback[0])), int(environ.get("LINES", fallback[1]))
