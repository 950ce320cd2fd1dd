# What a generator handles itself hides what its resumer handles; what the resumer handles shows through where it handles nothing.
import sys


def nested():
    try:
        raise OSError("in")
    except OSError:
        yield from inner()
    yield sys.exception()


def inner():
    yield sys.exception()
    try:
        raise KeyError
    except KeyError:
        yield sys.exception()
    yield sys.exception()


n = nested()
try:
    1 / 0
except ZeroDivisionError:
    print(repr(next(n)))
print(repr(next(n)), repr(next(n)))
try:
    [][0]
except IndexError:
    print(repr(next(n)))

g = (sys.exception() for _ in range(3))
for i in range(2):
    try:
        raise ValueError(i)
    except ValueError:
        print(repr(next(g)))
print(next(g))


def stops():
    yield
    try:
        raise KeyError
    except KeyError:
        raise StopIteration(1)


def chain(error):
    links = []
    while error is not None:
        links.append(repr(error))
        error = error.__context__
    return links


def within(resume):
    try:
        try:
            1 / 0
        except ZeroDivisionError:
            resume()
    except Exception as error:
        return chain(error)


x = stops()
next(x)
print(within(lambda: next(x)))

# A `raise` within a handler makes what is handled the context of an exception that was raised before, too.
old = OSError("old")
try:
    try:
        raise KeyError("before")
    except KeyError:
        raise old
except OSError as error:
    print(chain(error))


def raises_old():
    yield
    raise old


x = raises_old()
next(x)
print(within(lambda: next(x)))


# What is thrown into a generator has what the generator handles as its context, not what its resumer handles.
def handles():
    try:
        raise LookupError("own")
    except LookupError:
        yield


def plain():
    yield


for make in (handles, plain):
    x = make()
    next(x)
    print(within(lambda: x.throw(KeyError("thrown"))))


def closes():
    try:
        yield
    finally:
        print("closed under", repr(sys.exception()))


x = closes()
next(x)
within(lambda: x.close())

# Exceptions that a script has linked into a ring are no endless walk.
a, b = ValueError("a"), ValueError("b")
a.__context__, b.__context__ = b, a
try:
    try:
        raise a
    except ValueError:
        raise KeyError("c")
except KeyError as error:
    print(repr(error.__context__), error.__context__.__context__ is b)
