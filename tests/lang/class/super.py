class Base:
    x = 1

    def __init__(self):
        self.log = ["Base"]

    @classmethod
    def make(cls):
        return cls.__name__

    @staticmethod
    def util():
        return "util"

    @property
    def prop(self):
        return "base prop"

    def __len__(self):
        return 5


class Child(Base):
    x = 2

    def __init__(self):
        super().__init__()
        self.log.append("Child")

    @classmethod
    def make(cls):
        return "child of " + super().make()

    @property
    def prop(self):
        return "child+" + super().prop

    def get_x(self):
        return super().x, self.x

    def nested(self):
        def inner():
            return super(Child, self).util()

        return inner(), [super(Child, self).util() for _ in range(1)]

    def __len__(self):
        return super().__len__() * 2


c = Child()
print(
    c.log,
    Child.make(),
    c.make(),
    c.prop,
    c.get_x(),
    c.nested(),
    len(c),
    super(Child, c).x,
    super(Child, Child).make(),
)


class Grand(Child):
    pass


print(Grand.make(), len(Grand()), Grand().log)


def outside():
    return super().x


class Late(Base):
    def ask(self):
        return __class__.__name__, super().missing


for f in (
    outside,
    lambda: Late().ask(),
    lambda: super(Child, 5),
    lambda: super(5),
    lambda: super(Child, c).nope,
):
    try:
        f()
    except Exception as error:
        print(type(error).__name__, error)
