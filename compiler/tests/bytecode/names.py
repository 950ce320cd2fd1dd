g = 1


def outer(p):
    cell = p

    def inner():
        nonlocal cell
        global g
        cell += 1
        g = cell
        return p

    return inner


def unbound(flag):
    if flag:
        x = 1
    print(x)
    del x
    return x


class C:
    g = g

    def method(self):
        return self.__private, __class__
