import os

path = f"/tmp/argil_open_files_{os.getpid()}.txt"
with open(path, "w") as f:
    print(f.write("first\nsecond\n"), f.write("third"), f.name == path, f.closed)
    f.writelines(["\n", "fourth\n"])
    print("printed", 5, file=f)
print(f.closed)
with open(path) as f:
    print(repr(f.read()), repr(f.read()))
with open(path) as f:
    print(repr(f.readline()), repr(f.read(3)), repr(f.readline()), f.readlines())
with open(path) as f:
    for i, line in enumerate(f, 1):
        print(i, line.rstrip(), end="; ")
    print()
with open(path, "a") as f:
    f.write("appended é日\n")
with open(path, encoding="utf-8") as f:
    lines = f.readlines()
    print(len(lines), repr(lines[-1]), f.seek(0), repr(f.readline()), f.mode)
with open(path, "rb") as f:
    data = f.read()
    print(type(data), len(data), data[-10:], f.seek(2), f.read(4), f.tell(), f.mode)
with open(path, "wb") as f:
    print(f.write(b"\x00\x01binary"))
with open(path, "rb") as f:
    print(f.read())
with open(path, "w") as f:
    f.write("a\r\nb\rc\n")
print(open(path).read().__repr__(), open(path, newline="").read().__repr__(), open(path).read().splitlines())
with open(path, "r+") as f:
    f.write("X")
    f.seek(0)
    print(repr(f.readline()))
for g in (
    lambda: open("/nonexistent/x"),
    lambda: open("/tmp"),
    lambda: open(path, "x"),
    lambda: open(path, "q"),
    lambda: f.read(),
    lambda: open(path, "w").read(),
    lambda: open(path).write("x"),
    lambda: open(),
    lambda: open(path, "wb").write("str"),
    lambda: open(path, "rw"),
    lambda: open(path, "w").write(5),
    lambda: open([]),
):
    try:
        g()
    except Exception as error:
        print(type(error).__name__, str(error).replace(path, "PATH"))
os.remove(path)
print(os.path.exists(path))
