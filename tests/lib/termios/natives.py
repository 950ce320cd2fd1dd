import posix
import termios


def show(call):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)


fd = posix.memfd_create("no terminal")
for call in (
    lambda: termios.tcgetattr(fd),
    lambda: termios.tcgetattr("a"),
    lambda: termios.tcsetattr(fd, 0, 5),
    lambda: termios.tcsetattr(fd, 0, [1]),
    lambda: termios.tcsetattr(fd, 0, [1, 2, 3, 4, 5, 6, 7]),
    lambda: termios.tcsetwinsize(fd, (1, 2)),
    lambda: termios.tcsetwinsize(fd, (1, 2, 3)),
    lambda: termios.tcsetwinsize(fd, 5),
    lambda: termios.tcgetwinsize(fd),
    lambda: termios.tcflush(99, 0),
    lambda: termios.tcdrain(fd),
    lambda: termios.error.__mro__,
    lambda: (termios.ECHO, termios.TCSAFLUSH, termios.B9600),
):
    show(call)
