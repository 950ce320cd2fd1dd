import os

path = f"/tmp/argil_line_endings_{os.getpid()}"
with open(path, "wb") as file:
    file.write(b"a\r\nb\rc\nd\r\r\n\ne\r")
for newline in (None, "", "\n", "\r", "\r\n"):
    with open(path, newline=newline) as file:
        print(repr(newline), file.readlines())
    with open(path, newline=newline) as file:
        print(repr(file.readline(1)), repr(file.readline()), repr(file.read()))
with open(path, "rb") as file:
    print(file.readlines())
os.remove(path)
print("__dict__" in dir(object()), "__dict__" in dir(5), "__dict__" in dir(type("A", (), {})()))
