"""The helper's docstring."""

print("helper runs once, as", __name__)
value = "original"
_hidden = "not exported by *"


def double(x):
    return x * 2


def get_value():
    return value


def names():
    return sorted(n for n in globals() if not n.startswith("__"))


class Thing:
    def describe(self):
        return f"{type(self).__module__}.{type(self).__name__}"


if __name__ == "__main__":
    print("never printed when imported")
