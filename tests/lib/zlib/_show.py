import zlib

data = b"hello hello hello world" * 10
good = zlib.compress(data)


def short(value):
    if isinstance(value, memoryview):
        return "a view"
    if isinstance(value, (bytes, bytearray)) and len(value) > 60:
        return type(value)(value[:20]), len(value), zlib.crc32(value)
    return value


def show(function, *arguments, **named):
    try:
        result = short(function(*arguments, **named))
    except Exception as error:
        result = type(error).__name__, str(error)
    if "object at" in repr(result):
        result = type(result)
    print(function.__name__, [short(argument) for argument in arguments], named, result)
