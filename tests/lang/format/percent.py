print(
    "%s and %s" % ("a", 1),
    "%d items" % 3,
    "%5d|%-5d|%05d|%+d|% d" % (42, 42, 42, 42, 42),
    "%x %X %o %#x %#o" % (255, 255, 8, 255, 8),
)
print(
    "%.2f %8.3f %-8.2f| %e %g %G" % (3.14159, 2.5, 1.5, 12345.678, 0.0001, 1e-10),
    "%s" % None,
    "%s" % [1, 2],
    "%r" % "q",
    "100%%",
    "%d%%" % 50,
)
print(
    "%s" % (1,),
    "%s %s" % ((1, 2), 3),
    "%(a)s %(b)d %(a)r" % {"a": "x", "b": 2},
    "%c%c" % ("a", 98),
    "%*d|%-*d|%.*f" % (5, 42, 5, 42, 2, 3.14159),
)
print(
    "%10s|%-10s|%.2s|%5.1s|" % ("abc", "abc", "abc", "abc"),
    "%i %u" % (3.7, 4),
    "%d" % True,
    "%d" % 2**70,
    "%5.3d" % 7,
    "%s %%" % 1,
    "%#X" % 255,
)
print(
    "no args" % (),
    "%s" % "one",
    "dict %s" % {"a": 1},
    "%a" % "é",
    "%08.3f" % -3.14159,
    "%+.1e" % 12345,
    "%s %s" % ("x", ()),
)
for f in (
    lambda: "%d" % "a",
    lambda: "%s %s" % 1,
    lambda: "%s" % (1, 2),
    lambda: "%z" % 1,
    lambda: "%" % 1,
    lambda: "%(a)s" % 5,
    lambda: "%(b)s" % {"a": 1},
    lambda: "%x" % 1.5,
    lambda: "%c" % "ab",
    lambda: "%f" % "x",
    lambda: "a" % 1,
    lambda: "%c" % 1.5,
    lambda: "%(a" % {},
    lambda: "%*d" % ("a", 1),
    lambda: "%d" % None,
    lambda: "%i" % [],
    lambda: "%s" % (),
):
    try:
        print(f())
    except (TypeError, ValueError, KeyError) as error:
        print(type(error).__name__, error)
