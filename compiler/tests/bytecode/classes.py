@decorator
class C(Base, metaclass=Meta):
    """A class."""

    x: int = 1

    def __init__(self, v):
        super().__init__()
        self.v = v

    y = x


class D(*bases, **keywords):
    pass
