import _socket

# Every number, under CPython's name.
for name in dir(_socket):
    value = getattr(_socket, name)
    if isinstance(value, (int, str)) and not name.startswith("__"):
        print(name, value)
