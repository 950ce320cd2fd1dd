class Box:
    @property
    def ratio(self):
        return 1 / 0

    def __getitem__(self, index):
        return self.ratio


for index in range(2):
    try:
        Box()[index]
    except ZeroDivisionError as error:
        print(error)
Box()[2]
