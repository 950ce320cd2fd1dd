import socket

a, b = socket.socketpair()
print(a.send(b"hello"), b.recv(3), b.recv(10), a.sendall(b"x" * 5), b.recv(100))
b.settimeout(0.01)
print(b.gettimeout(), a.gettimeout())
try:
    b.recv(1)
except TimeoutError as error:
    print(type(error).__name__, error, socket.timeout is TimeoutError)
b.setblocking(False)
try:
    b.recv(1)
except BlockingIOError as error:
    print(type(error).__name__)
a.close()
b.setblocking(True)
print(b.recv(10), a.fileno())
for f in (
    lambda: a.recv(1),
    lambda: a.send(b"x"),
    lambda: b.send("text"),
    lambda: b.recv(-1),
    lambda: b.settimeout(-1),
    lambda: b.recv(),
):
    try:
        f()
    except Exception as error:
        print(type(error).__name__, error)
b.close()
with socket.socket() as s:
    try:
        s.connect(("127.0.0.1", 1))
    except ConnectionRefusedError as error:
        print(error)
