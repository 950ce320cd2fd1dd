import os


def T(f):
    try:
        print(f())
    except BaseException as e:
        print(type(e).__name__, e)


def r():
    f = open("/tmp/argil_file_errors", "w")
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
        f = open("/tmp/argil_file_errors")
        f.close()
        return eval("f." + op, {"f": f})

    print(op, end=" ")
    T(s)

    def s():
        f = open("/tmp/argil_file_errors", "rb")
        f.close()
        return eval("f." + op, {"f": f})

    print(op, end=" ")
    T(s)


def t():
    f = open("/tmp/argil_file_errors")
    f.seek(-1)


T(t)


def t():
    f = open("/tmp/argil_file_errors", "rb")
    f.seek(-1)


T(t)


def t():
    f = open("/tmp/argil_file_errors")
    f.seek(-1, 1)


T(t)


def t():
    f = open("/tmp/argil_file_errors")
    f.seek(-1, 2)


T(t)


def t():
    f = open("/tmp/argil_file_errors")
    f.seek(0, 5)


T(t)


def t():
    f = open("/tmp/argil_file_errors", "rb")
    f.seek(0, 5)


T(t)


def t():
    f = open("/tmp/argil_file_errors")
    f.write("a")


T(t)


def t():
    f = open("/tmp/argil_file_errors", "w")
    f.read()


T(t)


def t():
    f = open("/tmp/argil_file_errors", "w")
    f.write(b"a")


T(t)


def t():
    f = open("/tmp/argil_file_errors", "wb")
    f.write("a")


T(t)


def t():
    f = open("/tmp/argil_file_errors", "wb")
    f.read()


T(t)


def t():
    f = open("/tmp/argil_file_errors", "w")
    f.write(5)


T(t)


def t():
    f = open("/tmp/argil_file_errors", "w")
    f.writelines([5])


T(t)


def t():
    f = open("/tmp/argil_file_errors", "r")
    f.truncate(0)


T(t)


def t():
    for x in open("/tmp/argil_file_errors", "w"):
        pass


T(t)
os.remove("/tmp/argil_file_errors")
