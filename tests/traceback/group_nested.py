def make(name, n):
    try:
        raise ValueError(name + str(n))
    except ValueError as e:
        return e


def nested():
    try:
        raise ExceptionGroup("inner", [make("a", 1), TypeError("t")])
    except ExceptionGroup as e:
        return e


def run():
    try:
        try:
            1 / 0
        except ZeroDivisionError as z:
            raise ExceptionGroup("outer", [make("x", 1), nested(), KeyError("k")]) from z
    except ExceptionGroup as eg:
        eg.add_note("a note\nof two lines")
        raise RuntimeError("after")


run()
