try:
    1 / 0
except ZeroDivisionError:
    print("plain except")
try:
    int("x")
except (TypeError, ValueError) as error:
    print(type(error).__name__, error, error.args)
try:
    raise ValueError("a", 1)
except Exception as e:
    print(e, repr(e), e.args)
try:
    raise ValueError
except ValueError as e:
    print(repr(e), str(e) == "", e.args)
try:
    print("no error")
except ValueError:
    print("never")
else:
    print("else")
finally:
    print("finally")
try:
    e
except NameError as error:
    print(error)
try:
    [][0]
except KeyError:
    print("wrong")
except LookupError as error:
    print("LookupError", type(error).__name__)
try:
    raise KeyError("k")
except:
    print("bare except")
errors = (IndexError, KeyError)
for action in (lambda: [][1], lambda: {}["q"]):
    try:
        action()
    except errors as error:
        print("tuple variable", error, repr(error))


def reraise():
    try:
        raise ValueError("inner")
    except ValueError:
        print("logging")
        raise


try:
    reraise()
except ValueError as error:
    print("reraised", error)
for bad in (5, "text", None, int, object()):
    try:
        raise bad
    except TypeError as error:
        print(error)
try:
    raise
except RuntimeError as error:
    print(error)
try:
    try:
        1 / 0
    except 5:
        pass
except TypeError as error:
    print(error)
try:
    try:
        1 / 0
    except ValueError, "x":
        pass
except TypeError as error:
    print(error)
