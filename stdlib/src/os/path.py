import posix as _posix

curdir, pardir, extsep, sep, pathsep = ".", "..", ".", "/", ":"
defpath, altsep, devnull = "/bin:/usr/bin", None, "/dev/null"
_KIND, _FOLDER, _FILE, _LINK = 0o170000, 0o040000, 0o100000, 0o120000


def _text(path):
    path = _posix.fspath(path)
    return path if isinstance(path, str) else path.decode()


def join(a, /, *paths):
    """One path after the other; an absolute one begins anew."""
    try:
        joined = _text(a)
        for part in map(_text, paths):
            if part.startswith("/"):
                joined = part
            elif not joined or joined.endswith("/"):
                joined += part
            else:
                joined += "/" + part
    except TypeError:
        for part in (a, *paths):
            if not isinstance(part, (str, bytes)) and not hasattr(part, "__fspath__"):
                raise TypeError(
                    f"join() argument must be str, bytes, or os.PathLike object, not {type(part).__name__!r}"
                ) from None
        raise
    return joined


def split(path):
    """What comes before the last slash, and what after it."""
    path = _text(path)
    at = path.rfind("/") + 1
    head, tail = path[:at], path[at:]
    return head.rstrip("/") or head, tail


def basename(path):
    """What comes after the last slash."""
    return split(path)[1]


def dirname(path):
    """What comes before the last slash."""
    return split(path)[0]


def splitext(path):
    """The path without its extension, and the extension with its dot."""
    path = _text(path)
    start = path.rfind("/") + 1
    dot = path.rfind(".")
    if dot > start and path[start:dot].strip("."):
        return path[:dot], path[dot:]
    return path, ""


def splitdrive(path):
    """No drive, and the path."""
    return "", _text(path)


def splitroot(path):
    """No drive, the slashes at the beginning, and the rest."""
    path = _text(path)
    rest = path.lstrip("/")
    slashes = len(path) - len(rest)
    root = "/" * (2 if slashes == 2 else min(slashes, 1))
    return "", root, path[len(root) :]


def isabs(path):
    """Whether the path begins at the root."""
    return _text(path).startswith("/")


def normcase(path):
    """The path: case matters."""
    return _text(path)


def normpath(path):
    """The path without empty parts, `.` and `..`."""
    path = _text(path)
    if not path:
        return "."
    _, root, rest = splitroot(path)
    parts = []
    for part in rest.split("/"):
        if part in ("", "."):
            continue
        if part != ".." or (not root and not parts) or (parts and parts[-1] == ".."):
            parts.append(part)
        elif parts:
            parts.pop()
    return root + "/".join(parts) or "."


def abspath(path):
    """The path from the root on."""
    path = _text(path)
    return normpath(path if isabs(path) else join(_posix.getcwd(), path))


def realpath(path, *, strict=False):
    """The path from the root on, without symbolic links."""
    found = _posix._canonical(path)
    if found is None:
        if strict:
            _posix._stat(path)
        head, tail = split(abspath(path))
        return join(realpath(head), tail) if tail else head
    return found


def relpath(path, start="."):
    """The way from `start` to the path."""
    if not path:
        raise ValueError("no path specified")
    here = [part for part in abspath(start).split("/") if part]
    there = [part for part in abspath(path).split("/") if part]
    common = 0
    while common < min(len(here), len(there)) and here[common] == there[common]:
        common += 1
    return "/".join([".."] * (len(here) - common) + there[common:]) or "."


def commonprefix(paths):
    """The longest beginning that all have, character by character."""
    if not paths:
        return ""
    least, most = min(paths), max(paths)
    for i, c in enumerate(least):
        if c != most[i]:
            return least[:i]
    return least


def commonpath(paths):
    """The longest path in which all lie."""
    paths = [_text(path) for path in paths]
    if not paths:
        raise ValueError("commonpath() arg is an empty sequence")
    if len({isabs(path) for path in paths}) > 1:
        raise ValueError("Can't mix absolute and relative paths")
    split_paths = [[part for part in path.split("/") if part and part != "."] for path in paths]
    return ("/" if isabs(paths[0]) else "") + "/".join(commonprefix(split_paths))


def expanduser(path):
    """The path with `~` replaced by the user's folder."""
    path = _text(path)
    if path == "~" or path.startswith("~/"):
        home = _posix._environ.get("HOME")
        if home is not None:
            return (home.rstrip("/") + path[1:]) or "/"
    return path


def expandvars(path):
    """The path with `$name` and `${name}` replaced by environment variables."""
    path = _text(path)
    out, i = "", 0
    while i < len(path):
        if path[i] != "$":
            out += path[i]
            i += 1
            continue
        braced = path[i + 1 : i + 2] == "{"
        start = end = i + 2 if braced else i + 1
        while end < len(path) and (path[end] != "}" if braced else path[end].isalnum() or path[end] == "_"):
            end += 1
        name = path[start:end]
        end += 1 if braced else 0
        out += _posix._environ.get(name, path[i:end])
        i = end if end > i + 1 else i + 1
        if not name and not braced:
            i = start
    return out


def _mode(path, stat):
    try:
        return stat(path)[0]
    except (OSError, ValueError):
        return None


def exists(path):
    """Whether there is such a file."""
    return _mode(path, _posix._stat) is not None


def lexists(path):
    """Whether there is such a file or symbolic link."""
    return _mode(path, _posix._lstat) is not None


def isdir(path):
    """Whether the file is a folder."""
    mode = _mode(path, _posix._stat)
    return mode is not None and mode & _KIND == _FOLDER


def isfile(path):
    """Whether the file is a regular one."""
    mode = _mode(path, _posix._stat)
    return mode is not None and mode & _KIND == _FILE


def islink(path):
    """Whether the file is a symbolic link."""
    mode = _mode(path, _posix._lstat)
    return mode is not None and mode & _KIND == _LINK


def ismount(path):
    """Whether another file system begins there."""
    try:
        here, above = _posix._lstat(path), _posix._lstat(join(path, ".."))
    except OSError:
        return False
    return here[2] != above[2] or here[1] == above[1]


def getsize(path):
    """The size in bytes."""
    return _posix._stat(path)[6]


def getatime(path):
    """When the file was last read, in seconds since 1970."""
    return _posix._stat(path)[7]


def getmtime(path):
    """When the file was last written, in seconds since 1970."""
    return _posix._stat(path)[8]


def getctime(path):
    """When the file was last changed, in seconds since 1970."""
    return _posix._stat(path)[9]


def samefile(a, b):
    """Whether two paths name one file."""
    return _posix._stat(a)[1:3] == _posix._stat(b)[1:3]
