import array
import os
import socket

# Parts.
a, b = socket.socketpair()
print(a.sendmsg([b"abc", bytearray(b"de"), memoryview(b"xfx")[1:2]]), b.recvmsg(100))
first, second = bytearray(4), array.array("B", bytes(10))
print(a.sendmsg(iter([b"abc", b"def"])), b.recvmsg_into([first, memoryview(second)[1:]]), first, second)
print(a.sendmsg([]), a.send(b"!"), b.recvmsg(0), b.recvmsg(9))

# Descriptors beside a message.
reader, writer = os.pipe()
socket.send_fds(a, [b"take ", b"these"], [writer, reader])
data, fds, flags, sender = socket.recv_fds(b, 100, 5)
print(data, len(fds), flags, sender)
os.write(fds[0], b"through the copy")
print(os.read(reader, 100))
for fd in fds:
    os.close(fd)

# Not enough room for them.
a.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [reader, writer]))])
data, items, flags, _ = b.recvmsg(10, socket.CMSG_LEN(4))
print(data, [(level, kind, len(item)) for level, kind, item in items], flags == socket.MSG_CTRUNC)
for _, _, item in items:
    os.close(array.array("i", item)[0])
a.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [reader]))])
data, items, flags, _ = b.recvmsg(10)
print(data, items, flags == socket.MSG_CTRUNC)
os.close(reader)
os.close(writer)

# Who sent it.
b.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
a.send(b"credentials")
data, [(level, kind, item)], _, _ = b.recvmsg(20, socket.CMSG_SPACE(12))
print(data, kind == socket.SCM_CREDENTIALS, array.array("i", item)[0] == os.getpid())
a.close()
b.close()

# Datagrams: addresses, and what does not fit.
inbox, outbox = (socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(2))
inbox.bind(("127.0.0.1", 0))
outbox.bind(("127.0.0.1", 0))
print(outbox.sendmsg([b"to ", b"you"], [], 0, inbox.getsockname()))
data, items, flags, sender = inbox.recvmsg(4)
print(data, items, flags == socket.MSG_TRUNC, sender == outbox.getsockname())
outbox.sendto(b"0123456789", inbox.getsockname())
room = bytearray(4)
print(inbox.recv_into(room, 0, socket.MSG_TRUNC), room)
outbox.sendto(b"0123456789", inbox.getsockname())
print(inbox.recvfrom_into(room)[0], room)
inbox.close()
outbox.close()

# Names that are no files.
listener = socket.socket(socket.AF_UNIX)
listener.bind(b"\0argil-test-%d" % os.getpid())
listener.listen()
client = socket.socket(socket.AF_UNIX)
client.connect(listener.getsockname())
server, peer = listener.accept()
print(peer, client.getpeername() == listener.getsockname(), type(listener.getsockname()).__name__)
print(client.send(b"hello"), server.recv(9))
for one in (listener, client, server):
    one.close()
