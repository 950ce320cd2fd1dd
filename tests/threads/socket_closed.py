# modes: gil none
import socket
import threading
import time


def wait(s, got):
    got.append(s.recv(10))


# Whoever waits on a socket that another thread closes goes on waiting on that one, whatever takes its number.
a, b = socket.socketpair()
got = []
waiter = threading.Thread(target=wait, args=(a, got))
waiter.start()
time.sleep(0.2)
a.close()
others = [socket.socketpair() for _ in range(3)]
for one, two in others:
    two.send(b"for another")
print(a.fileno())
b.send(b"for this")
waiter.join()
print(got, [one.recv(20) for one, two in others])
b.close()
for pair in others:
    for one in pair:
        one.close()

# One that is shut down wakes who waits.
a, b = socket.socketpair()
got = []
waiters = [threading.Thread(target=wait, args=(a, got)) for _ in range(3)]
for waiter in waiters:
    waiter.start()
time.sleep(0.1)
a.shutdown(socket.SHUT_RDWR)
for waiter in waiters:
    waiter.join()
print(got)
a.close()
b.close()
