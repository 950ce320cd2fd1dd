def parameters(a, /, b=1, *args, c, d=a_default, **kw):
    """Says something.

    And more.
    """
    return args


@first
@second.third(1)
def decorated(): ...


def makes(n):
    plain = lambda: 1
    closure = lambda x: x + n
    return plain, closure
