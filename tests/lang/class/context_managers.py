class Manager:
    def __init__(self, name, swallow=False):
        self.name, self.swallow = name, swallow

    def __enter__(self):
        print("enter", self.name)
        return self.name.upper()

    def __exit__(self, exc_type, exc, tb):
        print("exit", self.name, exc_type.__name__ if exc_type else None, exc, tb is not None)
        return self.swallow


with Manager("a") as a:
    print("body", a)
with Manager("b"), Manager("c") as c:
    print("body", c)
with (
    Manager("d") as d,
    Manager("e", swallow=True),
):
    raise ValueError("inside")
try:
    with Manager("f"):
        1 / 0
except ZeroDivisionError as error:
    print("caught", error)


def early():
    with Manager("g"):
        return "returned"


def loop():
    for i in range(3):
        with Manager(f"loop{i}"):
            if i == 0:
                continue
            break


print(early())
loop()
with Manager("h", swallow=True):
    with Manager("i"):
        raise KeyError("nested")
print("after")


class FailingEnter:
    def __enter__(self):
        raise RuntimeError("enter failed")

    def __exit__(self, *args):
        print("never")


class FailingExit:
    def __enter__(self):
        return self

    def __exit__(self, *args):
        raise RuntimeError("exit failed")


for cls in (FailingEnter, FailingExit):
    try:
        with cls():
            print("in body")
    except RuntimeError as error:
        print(error, error.__context__)
try:
    with FailingExit():
        raise ValueError("first")
except RuntimeError as error:
    print(error, repr(error.__context__))


class Incomplete:
    pass


class NoExit:
    def __enter__(self):
        pass


for cls in (Incomplete, NoExit):
    try:
        with cls():
            pass
    except TypeError as error:
        print(error)
with Manager("j") as (x, *y):
    print(x, y)
