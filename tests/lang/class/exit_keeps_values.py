"""What a with statement still needs while __exit__ runs is there afterwards, whatever is collected meanwhile."""

import gc


class Manager:
    def __init__(self, swallow=False):
        self.swallow = swallow

    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        gc.collect()
        print("exit", kind and kind.__name__, value, traceback is not None)
        return self.swallow


def value():
    return ["re", "turned"] + ["value"]


def returns():
    with Manager() as one, Manager():
        return value(), one.swallow


def loops():
    for item in [["a"], ["b"], ["c"]]:
        with Manager():
            if item == ["b"]:
                continue
            print("body", item)
        with Manager():
            if item == ["c"]:
                break


def raises(swallow):
    with Manager(swallow):
        raise ValueError(["argument"])


print(returns())
loops()
raises(True)
try:
    raises(False)
except ValueError as error:
    print(repr(error), error.__context__)
try:
    with Manager(), Manager():
        raise KeyError(["key"])
except KeyError as error:
    print(repr(error))
