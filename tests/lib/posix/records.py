import copy
import posix
import time


def show(call):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)


Stat, Size = posix.stat_result, posix.terminal_size
full = Stat(range(12))
for call in (
    lambda: Size(),
    lambda: Size(5),
    lambda: Size((1,)),
    lambda: Size((1, 2, 3)),
    lambda: Size(sequence=[1, 2]),
    lambda: Stat((1, 2)),
    lambda: Stat(range(30)),
    lambda: Stat(range(10)),
    lambda: full.__reduce__(),
    lambda: Stat(range(10), {"st_rdev": 4}).st_rdev,
    lambda: Stat(range(10), {"st_mode": 4}),
    lambda: Stat(range(10), {"xx": 4}),
    lambda: Stat(range(10), 5),
    lambda: (Stat(range(10)).st_atime, Stat(range(10)).st_rdev, full.st_atime, full.st_mtime, full[7], full[-1]),
    lambda: Stat(iter(range(10)), dict={"st_rdev": 4}).st_rdev,
    lambda: setattr(full, "st_mode", 1),
    lambda: delattr(full, "st_mode"),
    lambda: setattr(full, "st_rdev", 1),
    lambda: full.foo,
    lambda: type("x", (Stat,), {}),
    lambda: full.__replace__(st_mode=99),
    lambda: full.__replace__(1),
    lambda: Size((1, 2)).__replace__(lines=7),
    lambda: Size((1, 2)).__replace__(rows=7, lines=3),
    lambda: copy.replace(Size((1, 2)), columns=9),
    lambda: (Stat.st_mode, Stat.st_mode.__get__(full), Stat.st_mode.__doc__, Stat.st_rdev),
    lambda: full == tuple(range(10)) and hash(full) == hash(tuple(range(10))),
    lambda: (Stat.n_fields, Stat.n_sequence_fields, Stat.n_unnamed_fields, Stat.__match_args__),
    lambda: (Size.n_fields, Size.__match_args__, Size.__module__, Size.__name__, Size.__doc__),
    lambda: [c.__module__ for c in (Stat, posix.times_result, posix.uname_result, posix.sched_param)],
    lambda: posix.sched_param(5),
    lambda: time.struct_time(range(9)).tm_zone,
    lambda: time.struct_time(range(11)).tm_gmtoff,
    lambda: time.struct_time((1, 2)),
    lambda: time.struct_time(range(15)),
    lambda: time.gmtime(0),
    lambda: (time.gmtime(0).tm_zone, time.gmtime(0).tm_gmtoff),
    lambda: copy.copy(full).st_atime == 10 and copy.deepcopy(full) == full,
):
    show(call)
match Size((80, 24)):
    case posix.terminal_size(columns, lines):
        print(columns, lines)
