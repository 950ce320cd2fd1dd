class C:
    def __init__(self):
        self.child = None


def f(c):
    return c.child.name.upper()


f(C())
