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
