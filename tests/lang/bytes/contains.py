"""`in` on bytes: a part, or a number from 0 to 255, whatever integer it is."""


class Number(int):
    pass


for item in [b"b", b"", b"cd", 98, Number(98), True, False, 255, 256, -1, 2**70, "b", 98.0, None]:
    for text in [b"abc\x01", bytearray(b"abc\x01"), b""]:
        try:
            print(repr(item), item in text)
        except (TypeError, ValueError) as error:
            print(repr(item), type(error).__name__, error)
