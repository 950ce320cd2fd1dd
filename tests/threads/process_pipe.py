"""Pipes between processes."""
from multiprocessing import Pipe, Process


def echo(connection):
    while True:
        try:
            received = connection.recv()
        except EOFError:
            break
        if received is None:
            break
        connection.send(("echo", received))
    connection.close()


def send_some(connection, n):
    with connection:
        for i in range(n):
            connection.send([i, i * i])


def read_all(connection, results):
    total = 0
    while True:
        try:
            total += sum(connection.recv())
        except EOFError:
            break
    results.send(total)


def attempt(call, *args):
    try:
        print(call(*args))
    except (OSError, EOFError) as error:
        print(type(error).__name__, error)


def main():
    here, there = Pipe()
    p = Process(target=echo, args=(there,))
    p.start()
    there.close()
    for thing in (1, "text", [1, {2: (3,)}], {"a": None}):
        here.send(thing)
        print(here.recv())
    print(here.poll(), here.closed, there.closed)
    here.send(None)
    p.join()
    print(p.exitcode, here.poll(5))
    attempt(here.recv)
    attempt(here.send, 1)

    receiver, sender = Pipe(duplex=False)
    print(receiver.readable, receiver.writable, sender.readable, sender.writable)
    attempt(receiver.send, 1)
    attempt(sender.recv)
    p = Process(target=send_some, args=(sender, 4))
    p.start()
    sender.close()
    attempt(sender.send, 1)
    received = []
    while True:
        try:
            received.append(receiver.recv())
        except EOFError:
            break
    p.join()
    print(received)

    receiver, sender = Pipe(False)
    results, answer = Pipe(False)
    p = Process(target=read_all, args=(receiver, answer))
    p.start()
    receiver.close()
    for i in range(100):
        sender.send((i, 1))
    sender.close()
    print(results.recv())
    p.join()

    a, b = Pipe()
    a.send_bytes(b"some bytes", 5)
    print(b.recv_bytes(), b.poll(0.01))
    a.send(a.closed)
    print(b.poll(), b.poll(None), b.recv())
    with a:
        pass
    print(a.closed)
    attempt(a.poll)


if __name__ == "__main__":
    main()
