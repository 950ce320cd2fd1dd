class struct_time(tuple):
    """A moment: nine numbers that have names."""

    n_fields = 11
    n_sequence_fields = 9
    n_unnamed_fields = 0
    tm_year = property(lambda self: self[0])
    tm_mon = property(lambda self: self[1])
    tm_mday = property(lambda self: self[2])
    tm_hour = property(lambda self: self[3])
    tm_min = property(lambda self: self[4])
    tm_sec = property(lambda self: self[5])
    tm_wday = property(lambda self: self[6])
    tm_yday = property(lambda self: self[7])
    tm_isdst = property(lambda self: self[8])

    def __new__(cls, sequence):
        fields = tuple(sequence)
        if len(fields) < 9:
            raise TypeError(f"time.struct_time() takes an at least 9-sequence ({len(fields)}-sequence given)")
        self = tuple.__new__(cls, fields[:9])
        self.tm_gmtoff, self.tm_zone = fields[9:11] if len(fields) == 11 else (None, None)
        return self

    def __repr__(self):
        names = ("year", "mon", "mday", "hour", "min", "sec", "wday", "yday", "isdst")
        return "time.struct_time(" + ", ".join(f"tm_{n}={v!r}" for n, v in zip(names, self)) + ")"


def gmtime(seconds=None, /):
    """The moment, seconds after 1970 began, in UTC; now if None."""
    return struct_time(_gmtime(seconds))


def localtime(seconds=None, /):
    """The moment, seconds after 1970 began, in local time; now if None."""
    return struct_time(_localtime(seconds))


def strftime(format, time=None, /):
    """The time (now if None), formatted."""
    return _strftime(format, tuple(localtime() if time is None else time))


def strptime(text, format="%a %b %d %H:%M:%S %Y", /):
    """The time that a text means."""
    return struct_time(_strptime(text, format))


def asctime(time=None, /):
    """The time (now if None) like 'Sun Jun  9 01:21:11 1993'."""
    return strftime("%a %b %e %H:%M:%S %Y", time)


def ctime(seconds=None, /):
    """The moment like 'Sun Jun  9 01:21:11 1993'."""
    return asctime(localtime(seconds))


def get_clock_info(name, /):
    """What is known of a clock."""
    from types import SimpleNamespace

    adjustable = {"time": True, "monotonic": False, "perf_counter": False, "process_time": False, "thread_time": False}
    if name not in adjustable:
        raise ValueError("unknown clock")
    return SimpleNamespace(
        implementation="clock_gettime", monotonic=name != "time", adjustable=adjustable[name], resolution=1e-09
    )
