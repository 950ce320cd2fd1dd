"""Strings: of ASCII, of characters of two bytes, and of both with others."""

from _clock import run

TEXTS = "abc ", "слово ", "aы😀 "


def long(n, text):
    return text * (n // len(text))


def get(n):
    texts = [long(n, text) for text in TEXTS]
    yield
    for text in texts:
        for i in range(len(text)):
            text[i], text[-1 - i]


def read_slices(n):
    texts = [long(n, text) for text in TEXTS]
    yield
    for text in texts:
        for i in range(0, len(text), 4):
            text[i : i + 8], text[i : i + 16 : 2], text[i + 8 : i : -3]


def read_wide_steps(n):
    texts = [long(n, text) for text in TEXTS]
    yield
    for text in texts:
        for _ in range(n // 16):
            text[:: n // 4]


def iterate(n):
    texts = [long(n, text) for text in TEXTS]
    yield
    for text in texts:
        for _ in text:
            pass
        for _ in reversed(text):
            pass


def add_in_place(n):
    yield
    for text in TEXTS:
        grown = ""
        for _ in range(n):
            grown += text


def add_in_place_to_attribute(n):
    class Holder:
        pass

    holder = Holder()
    holder.text = ""
    yield
    for _ in range(n // 8):
        holder.text += "ab"


def add_in_place_to_item(n):
    holder = [""]
    yield
    for _ in range(n // 8):
        holder[0] += "ab"


def add(n):
    grown = ""
    yield
    for _ in range(n // 8):
        grown = grown + "abc" + "de"


def add_in_front(n):
    grown = ""
    yield
    for _ in range(n // 8):
        grown = "ab" + grown


def format_around(n):
    grown = ""
    yield
    for _ in range(n // 8):
        grown = f"{grown}ab"


def find_near(n):
    texts = [long(n, text) for text in TEXTS]
    yield
    for text in texts:
        at = 0
        while (at := text.find(" ", at) + 1) > 0:
            text.index(" ", at - 1), text.rfind(" ", at - 1, at + 5), text.rindex(" ", at - 1, at + 5)


def look_near(n):
    texts = [long(n, text) for text in TEXTS]
    yield
    for text in texts:
        for i in range(0, len(text), 4):
            text.startswith("abc", i), text.endswith(" ", i, i + 4), text.count(" ", i, i + 8), " " in text


def find_far(n):
    texts = [long(n, text) + "END" for text in TEXTS]
    yield
    for text in texts:
        for _ in range(8):
            text.find("END"), text.rfind("НЕТ"), text.count("c "), "END" in text


def find_worst(n):
    text = "a" * n + "b"
    yield
    for _ in range(4):
        text.find("a" * 50 + "c")


def split(n):
    texts = [long(n, text) for text in TEXTS]
    yield
    for text in texts:
        text.split(), text.split(" "), text.rsplit(" "), text.replace(" ", "\n").splitlines()


def split_off_words(n):
    text = long(n // 16, "abc ")
    yield
    while text:
        _, _, text = text.partition(" ")


def split_once(n):
    texts = [long(n, text) for text in TEXTS]
    yield
    for text in texts:
        for _ in range(8):
            text.split(" ", 1), text.rsplit(" ", 1), text.partition(" "), text.rpartition(" ")


def join(n):
    parts = [text for text in TEXTS for _ in range(n // 4)]
    yield
    "".join(parts), ", ".join(parts)


def replace(n):
    texts = [long(n, text) for text in TEXTS]
    yield
    for text in texts:
        text.replace(" ", "--"), text.replace("a", ""), text.replace("", ".")


def translate(n):
    texts = [long(n, text) for text in TEXTS]
    table = str.maketrans({"a": "x", "ы": None, " ": "--"})
    yield
    for text in texts:
        text.translate(table)


def change_case(n):
    texts = [long(n, text) for text in TEXTS]
    yield
    for text in texts:
        text.upper(), text.lower(), text.title(), text.swapcase(), text.capitalize(), text.casefold()


def ask(n):
    texts = [long(n, text) for text in TEXTS]
    yield
    for text in texts:
        for _ in range(8):
            text.isalpha(), text.isdigit(), text.isspace(), text.isupper(), text.isascii(), text.isidentifier()


def strip(n):
    texts = [" " * 8 + long(n, text) for text in TEXTS]
    yield
    for text in texts:
        for _ in range(8):
            text.strip(), text.lstrip(), text.rstrip("x"), text.removeprefix(" "), text.removesuffix(" ")


def justify(n):
    texts = [long(n, text) for text in TEXTS]
    yield
    for text in texts:
        text.center(2 * n), text.ljust(2 * n), text.rjust(2 * n), text.zfill(2 * n), text.expandtabs()


def encode(n):
    texts = [long(n, text) for text in TEXTS]
    yield
    for text in texts:
        text.encode().decode(), text.encode("utf-16").decode("utf-16"), repr(text), ascii(text)


def hash_and_compare(n):
    yield
    for _ in range(8):
        one, other = "a" * n, "a" * n
        hash(one), one == other, one < other


def repeat(n):
    yield
    for _ in range(8):
        for text in TEXTS:
            text * n


def format_pieces(n):
    yield
    for i in range(n):
        "%s %d" % (i, i), f"{i:>5}", "{} {}".format(i, i)


run(globals())
