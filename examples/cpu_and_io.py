"""Computing and waiting: what threads are good for under any lock.

One task only computes, the other only waits for a slow server (on this machine, started by this
script). One after the other, their times add up. In two threads, the waiting hides behind the
computing, even under the global lock, because a thread that waits lets go of it.

The results are printed; the times go to standard error. Argument: how far the computing task
counts (10000000).
"""

import queue
import socket
import sys
import threading
import time

CHUNKS = 10
PAUSE = 0.03  # seconds before each chunk
CHUNK = b"slowly but surely\n"


def serve(ports, clients):
    """Tells its port, then sends `clients` callers one after the other their chunks."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    ports.put(listener.getsockname()[1])
    for _ in range(clients):
        connection, _ = listener.accept()
        for _ in range(CHUNKS):
            time.sleep(PAUSE)
            connection.sendall(CHUNK)
        connection.close()
    listener.close()


def compute(n, results):
    """The CPU-bound task."""
    total = 0
    for i in range(n):
        total += i & 7
    results.put(("computed", total))


def read_slowly(port, results):
    """The waiting task: reads until the server hangs up."""
    received = 0
    with socket.create_connection(("127.0.0.1", port)) as connection:
        while data := connection.recv(4096):
            received += len(data)
    results.put(("received", received))


def one_after_the_other(n, port, results):
    compute(n, results)
    read_slowly(port, results)


def in_two_threads(n, port, results):
    threads = [
        threading.Thread(target=compute, args=(n, results)),
        threading.Thread(target=read_slowly, args=(port, results)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def main():
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000
    ports = queue.Queue()
    results = queue.Queue()
    server = threading.Thread(target=serve, args=(ports, 2))
    server.start()
    port = ports.get()

    for arrangement in (one_after_the_other, in_two_threads):
        start = time.perf_counter()
        arrangement(n, port, results)
        elapsed = time.perf_counter() - start
        print(f"{arrangement.__name__}: {elapsed:.2f} s", file=sys.stderr)
        for what, amount in sorted(results.get() for _ in range(2)):
            print(f"{arrangement.__name__}: {what} {amount}")
    server.join()


if __name__ == "__main__":
    main()
