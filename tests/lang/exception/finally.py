def f(kind):
    try:
        print("try", kind, end=" ")
        if kind == "return":
            return "from try"
        if kind == "raise":
            raise ValueError(kind)
        if kind == "caught":
            raise KeyError(kind)
    except KeyError as error:
        print("except", error, end=" ")
        return "from except"
    else:
        print("else", end=" ")
        return "from else"
    finally:
        print("finally", end=" ")


for kind in ("return", "caught", "normal"):
    print(f(kind))
try:
    f("raise")
except ValueError as error:
    print("propagated", error)


def loops():
    for i in range(4):
        try:
            if i == 1:
                continue
            if i == 2:
                break
            print("body", i)
        finally:
            print("cleanup", i)
    while True:
        try:
            break
        finally:
            print("while cleanup")
    return "loops done"


print(loops())


def nested():
    try:
        try:
            raise ValueError("inner")
        finally:
            print("inner finally")
    except ValueError as error:
        print("outer except", error)
        try:
            return "value"
        finally:
            print("return passes here")
    finally:
        print("outer finally")


print(nested())


def value_is_kept():
    x = 1
    try:
        return x
    finally:
        x = 2


print(value_is_kept())


def raise_in_finally():
    try:
        raise ValueError("first")
    finally:
        raise KeyError("second")


try:
    raise_in_finally()
except KeyError as error:
    print(repr(error), repr(error.__context__))


def generator():
    try:
        yield 1
        yield 2
    finally:
        print("generator cleanup")


for x in generator():
    print(x)
g = generator()
next(g)
g.close()


def deep(n):
    try:
        if n == 0:
            raise RuntimeError("bottom")
        deep(n - 1)
    finally:
        print(n, end=" ")


try:
    deep(5)
except RuntimeError as error:
    print(error)
