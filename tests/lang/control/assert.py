assert True
assert 1 + 1 == 2, "fine"
try:
    assert False
except AssertionError as error:
    print("plain", repr(error), error.args)
try:
    assert [], "empty list"
except AssertionError as error:
    print(error, error.args)
try:
    assert 0, ("tuple", 1)
except AssertionError as error:
    print(error, error.args)


def message():
    print("message evaluated")
    return "msg"


assert 1, message()
try:
    assert None, message()
except AssertionError as error:
    print(error)
