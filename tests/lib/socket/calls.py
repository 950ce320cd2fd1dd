import socket

a, b = socket.socketpair()
print(b.send(b"abcdef"), a.recv(2, socket.MSG_PEEK), a.recv(10))
buffer = bytearray(4)
print(b.send(b"xy"), a.recv_into(buffer), buffer)
print(b.sendall(b"pqrs"), a.recv_into(buffer, 3), buffer, a.recv(0), a.recv(9))
try:
    a.recv_into(buffer, 9)
except ValueError as error:
    print(error)
twin = a.dup()
print(twin.fileno() != a.fileno(), twin.family == socket.AF_UNIX)
a.close()
print(twin.send(b"still open"), b.recv(99))
handle = twin.detach()
print(twin.fileno())
with socket.socket(fileno=handle) as again:
    print(again.fileno() == handle, again.send(b"!"), b.recv(9))
print(b.recv(9))
b.close()

# Datagrams.
inbox = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
inbox.bind(("127.0.0.1", 0))
outbox = socket.socket(type=socket.SOCK_DGRAM)
outbox.bind(("", 0))
print(outbox.sendto(b"first", inbox.getsockname()), outbox.sendto(b"second", 0, inbox.getsockname()))
data, sender = inbox.recvfrom(100)
print(data, sender[1] == outbox.getsockname()[1], inbox.recv(3))
inbox.settimeout(0.01)
try:
    inbox.recvfrom(1)
except TimeoutError as error:
    print(error, inbox.timeout, inbox.getblocking())
inbox.setblocking(False)
print(inbox.gettimeout(), inbox.getblocking())

# Options.
s = socket.socket()
print(s.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR))
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
print(s.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR), s.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
print(s.getsockopt(socket.SOL_SOCKET, socket.SO_TYPE) == socket.SOCK_STREAM, s.proto)
try:
    s.getsockopt(socket.SOL_SOCKET, 9999)
except OSError as error:
    print(error)

# Names and numbers.
print(socket.inet_aton("127.0.0.1"), socket.inet_ntoa(b"\x7f\0\0\1"), socket.inet_pton(socket.AF_INET6, "::1")[-1])
print(socket.inet_ntop(socket.AF_INET6, bytes(15) + b"\1"), socket.htons(1), socket.ntohl(1))
print(socket.gethostbyname("localhost"), socket.gethostname() != "")
for family, kind, protocol, name, address in socket.getaddrinfo("127.0.0.1", "80", type=socket.SOCK_STREAM):
    print(int(family), int(kind), protocol, repr(name), address)
socket.setdefaulttimeout(2)
print(socket.socket().gettimeout(), socket.getdefaulttimeout())
