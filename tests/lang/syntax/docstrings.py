"""Module docstring."""


def f():
    """Function docstring.

    With an indented paragraph
        and more.
    """


def g():
    "single" " joined"


def h():
    f"not a {'docstring'}"


class C:
    """Class docstring."""

    def m(self):
        r"raw \d docstring"


def no_doc():
    x = "not a docstring"


print(__doc__, repr(f.__doc__), g.__doc__, h.__doc__, C.__doc__, C.m.__doc__, C().m.__doc__, no_doc.__doc__, (lambda: 0).__doc__)
f.__doc__ = "changed"
print(f.__doc__, len.__doc__ is not None)
