"""Bytes and views of them."""

from _clock import run


def get(n):
    data = bytes(n)
    yield
    for i in range(n):
        data[i], data[-1 - i]


def read_slices(n):
    data = bytes(n)
    yield
    for i in range(n):
        data[i : i + 8], data[i : i + 16 : 2]


def iterate(n):
    data = bytes(n)
    yield
    for _ in data:
        pass


def add_in_place(n):
    grown = b""
    yield
    for _ in range(n // 8):
        grown += b"ab"


def find_near(n):
    data = b"abc " * (n // 4)
    yield
    at = 0
    while (at := data.find(b" ", at) + 1) > 0:
        data.index(32, at - 1), data.rfind(b" ", at - 1, at + 5), data.rindex(b" ", at - 1, at + 5)


def look_near(n):
    data = b"abc " * (n // 4)
    yield
    for i in range(n):
        data.startswith(b"abc", i), data.endswith(b" ", i, i + 4), data.count(b" ", i, i + 8), 97 in data, b"c" in data


def find_far(n):
    data = b"abc " * (n // 4) + b"END"
    yield
    for _ in range(8):
        data.find(b"END"), data.rfind(b"no"), data.count(b"c "), b"END" in data


def split(n):
    data = b"abc " * (n // 4)
    yield
    data.split(), data.split(b" "), data.rsplit(b" "), data.replace(b" ", b"\n").splitlines(), data.partition(b"no")


def join(n):
    parts = [b"abc"] * n
    yield
    b"".join(parts), b", ".join(parts)


def change(n):
    data = b"abc " * (n // 4)
    table = bytes(range(255, -1, -1))
    yield
    data.upper(), data.lower(), data.title(), data.swapcase(), data.capitalize(), data.translate(table, b"a")
    data.replace(b"a", b"xyz"), data.strip(), data.removeprefix(b"a"), data.center(2 * n), data.expandtabs()


def ask(n):
    data = b"abc" * (n // 3)
    yield
    for _ in range(8):
        data.isalpha(), data.isdigit(), data.isspace(), data.isupper(), data.isascii(), data.isalnum()


def convert(n):
    data = bytes(range(256)) * (n // 256)
    yield
    for _ in range(4):
        bytes.fromhex(data.hex()), list(data), bytes(list(data)), data.decode("latin-1")


def hash_and_compare(n):
    yield
    for _ in range(8):
        one, other = b"a" * n, b"a" * n
        hash(one), one == other, one < other


def compare_unlike(n):
    one, other = b"a" * n, b"b" * n
    yield
    for _ in range(n):
        one == other, one < other


def views(n):
    data = memoryview(b"ab" * (n // 2))
    yield
    for i in range(n):
        data[i], data[i : i + 8].tobytes(), data[i:], len(data)


def view_of_view(n):
    data = memoryview(bytearray(n))
    yield
    for _ in range(n - 1):
        data = data[1:]
        data[0] = 1


run(globals())
