"""Bytearrays and views of them."""

from _clock import run


def append(n):
    data = bytearray()
    yield
    for _ in range(n):
        data.append(1)
        data += b"ab"
        data.extend(b"cd")


def append_and_pop(n):
    data = bytearray(n)
    yield
    for _ in range(n):
        data.append(1)
        data.append(1)
        data.pop()


def delete_front(n):
    data = bytearray(n)
    yield
    for _ in range(n // 2):
        del data[:1]
        del data[0]


def queue(n):
    data = bytearray(n)
    yield
    for _ in range(n):
        data += b"ab"
        del data[:2]
        data[:1] = b""
        data.append(1)


def set_slices(n):
    data = bytearray(n)
    yield
    for i in range(n - 8):
        data[i] = 1
        data[i : i + 2] = b"ab"
        data[i : i + 8 : 4] = b"ab"


def change_end(n):
    data = bytearray(n)
    yield
    for _ in range(n):
        data.insert(len(data) - 1, 1)
        data.pop(-2)
        data[-2:] = b"abc"
        del data[-1:]
        del data[-4::3]
        data.extend(b"ab")


def delete_every_other(n):
    data = bytearray(n)
    yield
    while data:
        del data[::2]
        del data[-1:]


def get(n):
    data = bytearray(n)
    yield
    for i in range(n):
        data[i], data[-1 - i], data[i : i + 8], data[i : i + 16 : 2], len(data)


def iterate(n):
    data = bytearray(n)
    yield
    for _ in data:
        pass


def find_near(n):
    data = bytearray(b"abc " * (n // 4))
    yield
    at = 0
    while (at := data.find(b" ", at) + 1) > 0:
        data.index(32, at - 1), data.rfind(b" ", at - 1, at + 5), data.rindex(b" ", at - 1, at + 5)


def look_near(n):
    data = bytearray(b"abc " * (n // 4))
    yield
    for i in range(n):
        data.startswith(b"abc", i), data.endswith(b" ", i, i + 4), data.count(b" ", i, i + 8), 97 in data, b"c" in data


def remove_near(n):
    data = bytearray(b"ab" * n)
    yield
    for _ in range(n):
        data.remove(97)
        data.pop(0)


def compare_unlike(n):
    data = bytearray(n)
    yield
    for _ in range(n):
        data == b"ab", data != b"ab", b"ab" == data


def copy(n):
    data = bytearray(n)
    yield
    for _ in range(16):
        data.copy(), data[:], bytes(data), data + b"ab", data * 2


def reverse_and_resize(n):
    data = bytearray(n)
    yield
    for _ in range(8):
        data.reverse()
        data.resize(2 * n)
        data.resize(n)
        data *= 2
        data.clear()
        data.extend(bytes(n))


def change(n):
    data = bytearray(b"abc " * (n // 4))
    yield
    data.split(), data.replace(b"a", b"xyz"), data.upper(), data.strip(), data.partition(b"no"), data.join([data])


def views(n):
    data = memoryview(bytearray(n))
    yield
    for i in range(n - 8):
        data[i] = 1
        data[i : i + 2] = b"ab"
        data[i], data[i : i + 8].tobytes(), memoryview(data), len(data)


run(globals())
