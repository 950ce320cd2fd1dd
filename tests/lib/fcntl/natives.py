import fcntl
import posix
import struct


def show(call):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)


fd = posix.memfd_create("locked")
reading, writing = posix.pipe()
for call in (
    lambda: fcntl.fcntl(99, 1),
    lambda: fcntl.fcntl(fd, fcntl.F_GETFD),
    lambda: fcntl.fcntl("a", 1),
    lambda: fcntl.fcntl(fd, 1, []),
    lambda: fcntl.fcntl(fd, 1, b"a" * 2000),
    lambda: fcntl.ioctl(fd, 1, []),
    lambda: fcntl.flock(99, 1),
    lambda: fcntl.fcntl(fd, fcntl.F_SETFL, posix.O_NONBLOCK),
    lambda: fcntl.fcntl(fd, fcntl.F_GETFL) & posix.O_NONBLOCK == posix.O_NONBLOCK,
    lambda: fcntl.fcntl(fd, fcntl.F_GETLK, struct.pack("hhqqi4x", fcntl.F_WRLCK, 0, 0, 0, 0))[:2],
    lambda: fcntl.lockf(fd, fcntl.LOCK_EX | fcntl.LOCK_NB),
    lambda: fcntl.lockf(fd, fcntl.LOCK_UN, 10, 5, 0),
    lambda: fcntl.lockf(fd, 64),
    lambda: fcntl.flock(fd, fcntl.LOCK_EX),
    lambda: fcntl.flock(fd, fcntl.LOCK_UN),
    lambda: posix.write(writing, b"12345"),
    lambda: fcntl.ioctl(reading, 21531, b"\0\0\0\0"),
):
    show(call)
count = bytearray(4)
print(fcntl.ioctl(reading, 21531, count), count, fcntl.ioctl(reading, 21531, count, False), fcntl.FD_CLOEXEC)
