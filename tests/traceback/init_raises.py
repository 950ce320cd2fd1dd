class C:
    def __init__(self, x):
        self.x = self.convert(x)

    def convert(self, x):
        return int(x)


C("5")
C("five")
