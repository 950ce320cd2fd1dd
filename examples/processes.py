"""Processes: computing in parallel whatever the lock, at the price of sharing nothing.

The tasks of `cpu_and_io.py`, this time each in a process of its own, and then a pool of processes
that shares out one long computation. `multiprocessing` means processes in every lock mode, so the
times (on standard error) hardly depend on `--lock`. What goes in and what comes out is copied.

Argument: how far the computing task counts (10000000).
"""

import multiprocessing
import socket
import sys
import time

CHUNKS = 10
PAUSE = 0.03  # seconds before each chunk
CHUNK = b"slowly but surely\n"


def serve(ports):
    """Tells its port, then sends its one caller the chunks."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        ports.put(listener.getsockname()[1])
        connection, _ = listener.accept()
        with connection:
            for _ in range(CHUNKS):
                time.sleep(PAUSE)
                connection.sendall(CHUNK)


def count(start, stop):
    total = 0
    for i in range(start, stop):
        total += i & 7
    return total


def compute(n, results):
    """The CPU-bound task."""
    results.put(("computed", count(0, n)))


def read_slowly(port, results):
    """The waiting task: reads until the server hangs up."""
    received = 0
    with socket.create_connection(("127.0.0.1", port)) as connection:
        while data := connection.recv(4096):
            received += len(data)
    results.put(("received", received))


def in_two_processes(n):
    ports = multiprocessing.Queue()
    results = multiprocessing.Queue()
    server = multiprocessing.Process(target=serve, args=(ports,))
    server.start()
    tasks = [
        multiprocessing.Process(target=compute, args=(n, results)),
        multiprocessing.Process(target=read_slowly, args=(ports.get(), results)),
    ]
    for task in tasks:
        task.start()
    for what, amount in sorted(results.get() for _ in tasks):
        print(f"two processes: {what} {amount}")
    for process in [server, *tasks]:
        process.join()
        print(f"two processes: exit code {process.exitcode}")


def in_a_pool(n, parts):
    bounds = [(n * part // parts, n * (part + 1) // parts) for part in range(parts)]
    with multiprocessing.Pool(2) as pool:
        totals = pool.starmap(count, bounds)
    print(f"pool: {len(totals)} parts add up to {sum(totals)}")


def main():
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000
    start = time.perf_counter()
    in_two_processes(n)
    middle = time.perf_counter()
    in_a_pool(n, 4)
    end = time.perf_counter()
    print(f"two processes: {middle - start:.2f} s, pool: {end - middle:.2f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
