def f(x, width):
    plain = f"{x}"
    joined = f"a{x}b{x!r}"
    spec = f"{x:>{width}.2f}"
    debug = f"{x=}"
    return f"", plain, joined, spec, debug
