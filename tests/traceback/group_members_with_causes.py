try:
    raise ValueError("cause")
except ValueError as v:
    c = v
k = KeyError("k")
k.__cause__ = c
k.add_note("note of k")
raise ExceptionGroup("with causes", [k, ExceptionGroup("empty msg inside", [OSError(2, "No such file")])])
