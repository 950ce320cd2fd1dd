import io
import socket

a, b = socket.socketpair()
reader, writer = a.makefile("rb"), b.makefile("w")
print(writer.write("höher\nzwei\n"), writer.flush(), reader.readline(), reader.read(3))
writer.write("drei\nlast")
writer.close()
b.close()
print(list(reader), reader.read())
reader.close()
print(reader.closed, writer.closed)
for f in (reader.flush, writer.flush):
    try:
        f()
    except ValueError as error:
        print(error)
a.close()

a, b = socket.socketpair()
with a, b, a.makefile("rw") as one, b.makefile("rw", encoding="utf-8") as two:
    print("a question ä", file=one, flush=True)
    print(two.readline())
    print("an answer\r\nin lines", file=two, flush=True)
    print(repr(one.readline()), repr(one.read(4)), repr(one.readline()))

a, b = socket.socketpair()
with a.makefile("rb") as only_reads:
    try:
        only_reads.write(b"x")
    except io.UnsupportedOperation as error:
        print(type(error).__name__)
