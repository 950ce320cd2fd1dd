def show(error):
    print(
        type(error).__name__,
        error,
        "| cause",
        repr(error.__cause__),
        "| context",
        repr(error.__context__),
        "| suppress",
        error.__suppress_context__,
    )


try:
    try:
        1 / 0
    except ZeroDivisionError as e:
        raise ValueError("explicit") from e
except ValueError as error:
    show(error)
try:
    try:
        1 / 0
    except ZeroDivisionError:
        raise ValueError("implicit")
except ValueError as error:
    show(error)
try:
    try:
        1 / 0
    except ZeroDivisionError:
        raise ValueError("none") from None
except ValueError as error:
    show(error)
try:
    raise ValueError("class cause") from KeyError
except ValueError as error:
    show(error)
try:
    raise ValueError("x") from 5
except TypeError as error:
    show(error)
try:
    try:
        raise ValueError("a")
    except ValueError:
        try:
            raise KeyError("b")
        except KeyError:
            raise TypeError("c")
except TypeError as error:
    show(error)
    show(error.__context__)
try:
    try:
        raise ValueError("handled")
    except ValueError:
        pass
    raise KeyError("no context")
except KeyError as error:
    show(error)
stored = None
try:
    raise ValueError("stored")
except ValueError as e:
    stored = e
try:
    raise stored
except ValueError as e:
    print(e is stored)
    show(e)
e = ValueError("manual")
e.__cause__ = KeyError("set by hand")
show(e)
try:
    e.__cause__ = 5
except TypeError as error:
    print(error)
