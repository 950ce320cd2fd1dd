import os

PATH = f"/tmp/argil_file_errors_{os.getpid()}"


def T(f):
    try:
        print(f())
    except BaseException as e:
        print(type(e).__name__, str(e).replace(PATH, "PATH"))


def r():
    f = open(PATH, "w")
    f.write("abc")
    f.close()
    f.close()
    return f.closed


T(r)
for op in (
    "read()",
    "readline()",
    "seek(0)",
    "tell()",
    "flush()",
    "__enter__()",
    "__iter__()",
    "fileno()",
    "isatty()",
    "truncate()",
    "__next__()",
):

    def s():
        f = open(PATH)
        f.close()
        return eval("f." + op, {"f": f})

    print(op, end=" ")
    T(s)

    def s():
        f = open(PATH, "rb")
        f.close()
        return eval("f." + op, {"f": f})

    print(op, end=" ")
    T(s)


def t():
    f = open(PATH)
    f.seek(-1)


T(t)


def t():
    f = open(PATH, "rb")
    f.seek(-1)


T(t)


def t():
    f = open(PATH)
    f.seek(-1, 1)


T(t)


def t():
    f = open(PATH)
    f.seek(-1, 2)


T(t)


def t():
    f = open(PATH)
    f.seek(0, 5)


T(t)


def t():
    f = open(PATH, "rb")
    f.seek(0, 5)


T(t)


def t():
    f = open(PATH)
    f.write("a")


T(t)


def t():
    f = open(PATH, "w")
    f.read()


T(t)


def t():
    f = open(PATH, "w")
    f.write(b"a")


T(t)


def t():
    f = open(PATH, "wb")
    f.write("a")


T(t)


def t():
    f = open(PATH, "wb")
    f.read()


T(t)


def t():
    f = open(PATH, "w")
    f.write(5)


T(t)


def t():
    f = open(PATH, "w")
    f.writelines([5])


T(t)


def t():
    f = open(PATH, "r")
    f.truncate(0)


T(t)


def t():
    for x in open(PATH, "w"):
        pass


T(t)
os.remove(PATH)
