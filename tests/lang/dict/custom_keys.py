class Key:
    def __init__(self, n, group):
        self.n, self.group = n, group

    def __hash__(self):
        return self.group

    def __eq__(self, other):
        return isinstance(other, Key) and self.n == other.n

    def __repr__(self):
        return f"Key({self.n})"


d = {Key(i, i % 3): i for i in range(9)}
print(d, d[Key(5, 2)], Key(5, 2) in d, Key(99, 2) in d)
del d[Key(4, 1)]
print(len(d), Key(4, 1) in d, Key(7, 1) in d)
s = {Key(1, 0), Key(1, 0), Key(2, 0)}
print(len(s))


class BadHash:
    def __hash__(self):
        raise ValueError("no hash")


class StrHash:
    def __hash__(self):
        return "text"


class EqOnly:
    def __eq__(self, other):
        return True


class BadEq:
    def __hash__(self):
        return 1

    def __eq__(self, other):
        raise ZeroDivisionError("eq failed")


for key in (BadHash(), StrHash(), EqOnly()):
    try:
        {}[key] = 1
    except Exception as error:
        print(type(error).__name__, error)
e = {BadEq(): 1}
try:
    e[BadEq()]
except ZeroDivisionError as error:
    print(error)
print(e.get(2), hash(True) == hash(1) == hash(1.0))
