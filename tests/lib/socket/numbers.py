import socket


def attempt(f, *args):
    try:
        print(f(*args))
    except (OSError, TypeError, ValueError, OverflowError) as error:
        print(type(error).__name__, error.args)


# Addresses.
for text in ["x", 5, "127.1", "0x7f.1", "1.2.3.4", "1.2.3.4\0"]:
    attempt(socket.inet_aton, text)
for packed in [b"x", "x", b"\1\2\3\4", bytearray(4)]:
    attempt(socket.inet_ntoa, packed)
for family, text in [(99, "x"), (2, "x"), (2, b"x"), (2, "1.2.3.4"), (10, "::1%1"), (10, "::ffff:1.2.3.4"), (10, "fe80::1")]:
    attempt(socket.inet_pton, family, text)
for family, packed in [(2, b"x"), (10, b"x"), (99, b"x"), (2, b"\1\2\3\4"), (10, bytes(10) + b"\xff\xff\1\2\3\4")]:
    attempt(socket.inet_ntop, family, packed)
attempt(socket.inet_ntop, 10, bytes(12) + b"\1\2\3\4")

# Order of bytes.
for f in (socket.htons, socket.ntohs, socket.htonl, socket.ntohl):
    for number in [1, 0xABCD, -1, 70000, 2**32, 2**70, "x", 1.5]:
        attempt(f, number)

# What goes beside messages.
for f in (socket.CMSG_LEN, socket.CMSG_SPACE):
    for length in [0, 5, 8, -1, 2**31 - 20, 2**31, 2**62, 2**64, "x"]:
        attempt(f, length)

# The resolver, about what needs no answer from elsewhere.
for args in [
    ("127.0.0.1", 80),
    ("127.0.0.1", "80", 0, socket.SOCK_STREAM),
    (b"127.0.0.1", b"80", 0, socket.SOCK_DGRAM),
    (None, 7, socket.AF_INET, socket.SOCK_STREAM),
    (None, 7, socket.AF_INET6, socket.SOCK_STREAM, 0, socket.AI_PASSIVE),
    ("::1", None, 0, socket.SOCK_STREAM),
    ("127.1", 2**17, 0, socket.SOCK_STREAM),
    ("127.0.0.1", 2**70),
    ("127.0.0.1", -1),
    ("127.0.0.1", 1.5),
    ("127.0.0.1", 1, 99),
    ("127.0.0.1", 1, 0, 99),
    ("127.0.0.1", 1, 0, 0, 0, -1),
    (None, None),
    (5, 80),
]:
    attempt(socket._socket.getaddrinfo, *args)
for args in [
    (("127.0.0.1", 80), 3),
    (("::1", 80), 3),
    (("::1", 80, 1, 1), 3),
    (("::1", 80, 2**30, 1), 3),
    (("127.0.0.1", 80, 0), 3),
    (("localhost", 80), 3),
    ((), 3),
    ((1, 80), 3),
    (("127.0.0.1", "x"), 3),
    (5, 0),
]:
    attempt(socket.getnameinfo, *args)
for name in ["", "<broadcast>", "255.255.255.255", "127.1", "::1", 5, b"127.0.0.1", "x\0"]:
    attempt(socket.gethostbyname, name)
attempt(socket.gethostbyname_ex, "127.0.0.1")
attempt(socket.getservbyport, 70000)
attempt(socket.getservbyport, -1)
attempt(socket.getservbyname, "no-such-service")
attempt(socket.getprotobyname, "no-such-protocol")
print(issubclass(socket.gaierror, OSError), socket.gaierror(1, "x").errno, socket.herror, socket.timeout, socket.error)

# Interfaces.
print((1, "lo") in socket.if_nameindex(), socket.if_nametoindex("lo"), socket.if_nametoindex(b"lo"), socket.if_indextoname(1))
for f, argument in [
    (socket.if_nametoindex, "no-such"),
    (socket.if_nametoindex, "l\0o"),
    (socket.if_nametoindex, 5),
    (socket.if_indextoname, 99999),
    (socket.if_indextoname, -1),
    (socket.if_indextoname, 2**40),
]:
    attempt(f, argument)
