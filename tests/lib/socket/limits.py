import gc
import socket
import time
import warnings


def attempt(f, *args):
    try:
        print(f(*args))
    except OSError as error:
        print(type(error).__name__, error.args)


# Running out of time.
a, b = socket.socketpair()
a.settimeout(0.05)
begin = time.monotonic()
attempt(a.recv, 1)
print(0.04 < time.monotonic() - begin < 5)
attempt(a.recvmsg, 1)
attempt(a.recv_into, bytearray(1))
attempt(a.sendall, b"x" * 10_000_000)
a.setblocking(False)
attempt(a.recv, 1)
print(a.gettimeout(), b.gettimeout(), a.getblocking(), b.getblocking())
a.close()
b.close()

# Nobody listens, or takes the call.
with socket.create_server(("127.0.0.1", 0)) as listener:
    listener.settimeout(0.05)
    attempt(listener.accept)
    port = listener.getsockname()[1]
with socket.socket() as s:
    attempt(s.connect, ("127.0.0.1", port))
    s.settimeout(5)
    print(s.connect_ex(("127.0.0.1", port)) != 0)
with socket.create_server(("127.0.0.1", 0)) as listener, socket.socket() as s:
    s.setblocking(False)
    print(s.connect_ex(listener.getsockname()) in (0, 115))

# Much at once: the peer gets every byte in order.
a, b = socket.socketpair()
a.setblocking(False)
data = bytes(range(256)) * 20_000
sent, got = 0, []
while sent < len(data):
    try:
        sent += a.send(memoryview(data)[sent:])
    except BlockingIOError:
        got.append(b.recv(1 << 20))
a.close()
while piece := b.recv(1 << 16):
    got.append(piece)
print(b"".join(got) == data)
b.close()

# A socket that nobody closes.
with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("always")
    s = socket.socket()
    fd = s.fileno()
    del s
    gc.collect()
    gc.collect()
for warning in seen:
    print(warning.category.__name__, str(warning.message).startswith(f"unclosed <socket.socket fd={fd}, family=2"))
with socket.socket() as s:
    print(s.fileno() == fd)
