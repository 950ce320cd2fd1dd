import _socket


def attempt(f, *args):
    try:
        print(f(*args))
    except (OSError, TypeError, ValueError, OverflowError) as error:
        print(type(error).__name__, error.args)


# How a socket begins.
S = _socket.socket
print(repr(S.__new__(S)), S.__module__, S.__name__, _socket.SocketType is S)
for args in [(1.5,), (2**40,), (99,), ("x",)]:
    attempt(S, *args)
for fileno in [1.5, "x", -2, 9999]:
    attempt(lambda: S(fileno=fileno))
s, d, six, local = S(), S(type=_socket.SOCK_DGRAM), S(_socket.AF_INET6), S(_socket.AF_UNIX)
print(s.family == _socket.AF_INET, s.type == _socket.SOCK_STREAM, s.proto, s.timeout, d.type == _socket.SOCK_DGRAM)
flagged = S(_socket.AF_UNIX, _socket.SOCK_STREAM | _socket.SOCK_NONBLOCK | _socket.SOCK_CLOEXEC)
print(flagged.type, flagged.timeout, flagged.getblocking())

# Addresses.
for address in [5, ("a",), (None, 1), (b"a\0", 1), ("", 2**40), ("", -1), ("", "x"), ("", 1, 2)]:
    attempt(s.bind, address)
for address in [5, ("<broadcast>", 1), ("::1", 1, 2**30), ("::1", 1, -1), ("::1", 1, 0, 0, 0)]:
    attempt(six.bind, address)
for address in [5, "x" * 108, b"\0" + b"x" * 110]:
    attempt(local.bind, address)
netlink = S(_socket.AF_NETLINK, _socket.SOCK_RAW)
for address in [5, (1,), ("a", 2)]:
    attempt(netlink.bind, address)
print(local.getsockname(), netlink.getsockname())
local.bind(b"")
name = local.getsockname()
print(type(name), name[:1])

# What calls refuse.
attempt(s.recv, -1)
attempt(s.recvfrom, -1)
for buffer in [b"x", "x"]:
    attempt(s.recv_into, buffer)
for size in [-1, 9]:
    attempt(s.recv_into, bytearray(3), size)
    attempt(s.recvfrom_into, bytearray(3), size)
attempt(s.recvmsg)
attempt(s.recvmsg, -1)
attempt(s.recvmsg, 1, -1)
attempt(s.recvmsg, 1, 2**40)
attempt(s.recvmsg_into, 5)
attempt(s.recvmsg_into, [b"x"])
attempt(s.sendmsg)
attempt(s.sendmsg, 5)
attempt(s.sendmsg, ["x"])
attempt(s.sendmsg, [b"x"], 5)
attempt(s.sendmsg, [b"x"], [5])
attempt(s.sendmsg, [b"x"], [(1, 2)])
attempt(s.sendmsg, [b"x"], [(1, "x", b"x")])
attempt(s.sendmsg, [b"x"] * 2000)
attempt(s.send, "x")
attempt(s.sendall, 5)
attempt(s.sendto)
attempt(s.sendto, b"x", "x", 5)

# Options.
for args in [(1,), (1, 2, -1), (1, 2, 1025), (1, 2, 0), (1, 2, 1024), (1, 2, 2), (1, 9999), ("x", 1)]:
    attempt(s.getsockopt, *args)
for args in [(1, 2), (1, 2, None), (1, 2, None, 1), (1, 2, b"x", 1), (1, 2, b"x"), (1, 2, 1.5), (1, 2, 2**40)]:
    attempt(s.setsockopt, *args)
attempt(s.setsockopt, 1, 2, b"\1\0\0\0")
attempt(s.setsockopt, 1, 13, bytearray(8))
print(s.getsockopt(1, 2), s.getsockopt(1, 13, 8))

# Limits.
for limit in ["x", -1, -1e-10, float("nan"), float("inf"), 1e18]:
    attempt(s.settimeout, limit)
s.settimeout(1e-10)
print(s.timeout, s.getblocking())
attempt(_socket.setdefaulttimeout, -1)
_socket.setdefaulttimeout(2.5)
with_limit = S()
print(_socket.getdefaulttimeout(), with_limit.timeout)
_socket.setdefaulttimeout(None)
print(_socket.getdefaulttimeout())

# How it ends.
for args in [("x",), (2**40,)]:
    attempt(s.listen, *args)
attempt(s.shutdown, 9)
attempt(s._accept)
s.close()
s.close()
print(s.detach(), s.fileno(), s)
attempt(s.recv, 1)
attempt(s.settimeout, 3)
print(s.timeout)
attempt(_socket.close, -1)
attempt(_socket.dup, 9999)
for one in (d, six, local, flagged, netlink, with_limit):
    one.close()
