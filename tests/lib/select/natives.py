import posix
import select
import time


def show(call):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)


for call in (
    lambda: select.select(5, [], []),
    lambda: select.select([5.5], [], []),
    lambda: select.select([-1], [], []),
    lambda: select.select([], [], [], -1),
    lambda: select.select([], [], [], "a"),
    lambda: select.select([5000], [], []),
    lambda: select.select([99], [], [], 0),
    lambda: select.select([], [], [], 0),
    lambda: select.poll().register("a"),
    lambda: select.poll().modify(5, 1),
    lambda: select.poll().unregister(5),
    lambda: select.poll().poll("a"),
    lambda: select.poll().register(5, -1),
    lambda: select.poll().register(5, 70000),
    lambda: select.epoll(0),
    lambda: select.epoll(1, 5),
    lambda: select.epoll(-2),
    lambda: select.epoll().closed,
    lambda: select.epoll().register(99),
    lambda: select.epoll().poll(0, 0),
    lambda: select.epoll().poll(0, -2),
    lambda: select.epoll().poll("a"),
    lambda: select.epoll().unregister(99),
    lambda: type(select.poll()),
    lambda: select.error,
):
    show(call)
reading, writing = posix.pipe()


class File:
    def fileno(self):
        return reading


file = File()
print(select.select([file], [], [], 0), select.select([file], [writing], [reading], 0) == ([], [writing], []))
started = time.monotonic()
print(select.select([reading], [], [], 0.05), time.monotonic() - started >= 0.05)
posix.write(writing, b"x")
print(select.select([file, reading], [], []) == ([file, reading], [], []))
poll = select.poll()
poll.register(file, select.POLLIN)
poll.register(writing)
print(sorted(poll.poll()) == sorted([(reading, 1), (writing, 4)]), dict(poll.poll(10))[reading] == select.POLLIN)
poll.modify(writing, 0)
posix.read(reading, 1)
print(poll.poll(0), poll.poll(20.5), poll.unregister(reading))
with select.epoll() as epoll:
    epoll.register(reading, select.EPOLLIN)
    epoll.register(writing, select.EPOLLOUT)
    print(epoll.poll(0) == [(writing, select.EPOLLOUT)], epoll.poll(timeout=0.01, maxevents=1) != [])
    epoll.modify(writing, 0)
    print(epoll.poll(0.01))
    posix.write(writing, b"y")
    print(epoll.poll() == [(reading, select.EPOLLIN)], epoll.fileno() > 2)
    try:
        epoll.register(reading)
    except OSError as error:
        print(error)
    epoll.unregister(reading)
print(epoll.closed, epoll.close())
for call in (epoll.fileno, lambda: epoll.poll(0), epoll.__enter__):
    show(call)
posix.close(writing)
posix.read(reading, 1)
print(select.select([reading], [], [], 5) == ([reading], [], []))
