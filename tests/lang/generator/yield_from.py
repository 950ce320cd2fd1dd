def inner():
    received = yield 1
    print("inner got", received)
    yield 2
    return "inner result"


def outer():
    result = yield from inner()
    print("outer got", result)
    yield from [3, 4]
    yield from (x for x in range(5, 7))
    yield from "ab"
    return "outer result"


print(list(outer()))
g = outer()
next(g)
print(g.send("hello"))


def delegator():
    try:
        r = yield from failing()
        print("r", r)
    except KeyError as error:
        print("delegator caught", error)
        yield "recovered"


def failing():
    try:
        yield 1
    except ValueError as error:
        print("inner caught", error)
        yield "inner recovered"
        raise KeyError("from inner")


g = delegator()
next(g)
print(g.throw(ValueError("thrown")))
print(next(g))


def chain(*iterables):
    for it in iterables:
        yield from it


print(list(chain([1], (2,), {3: 4}, "x", range(2), chain([9]))))


def walk(n):
    if n:
        yield from walk(n - 1)
        yield n


print(list(walk(10)), sum(walk(300)))


def returns():
    return (yield from empty())


def empty():
    return "immediately"
    yield


try:
    next(returns())
except StopIteration as stop:
    print(stop.value)


def closer():
    try:
        yield from inner_closing()
    finally:
        print("outer finally")


def inner_closing():
    try:
        yield 1
    finally:
        print("inner finally")


g = closer()
next(g)
g.close()


def not_iterable():
    yield from 5


try:
    list(not_iterable())
except TypeError as error:
    print(error)


class Custom:
    def __iter__(self):
        return iter([1, 2])


def from_custom():
    result = yield from Custom()
    print("result", result)


print(list(from_custom()))
