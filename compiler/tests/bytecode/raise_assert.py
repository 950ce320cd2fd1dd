def f(x):
    assert x
    assert x > 1, f"bad {x}"
    if x:
        raise ValueError("x") from x
    raise
