"""What lies in memory crosses to worker processes; a file does not."""

import io
import multiprocessing


def look(file):
    return type(file).__name__, file.tell(), file.read(), file.getvalue(), getattr(file, "x", None)


def fail(file):
    return 1


if __name__ == "__main__":
    data = io.BytesIO(b"abcdef")
    data.seek(2)
    data.x = [1]
    text = io.StringIO("a\nbé\r\nc", newline=None)
    text.seek(3)
    with multiprocessing.Pool(1) as pool:
        for file in data, text:
            print(pool.map(look, [file]), file.tell())
        for file in open("/dev/null"), open("/dev/null", "rb"), open("/dev/null", "wb", 0):
            try:
                print(pool.map(fail, [file]))
            except TypeError as e:
                print(e)
