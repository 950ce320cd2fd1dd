"""Counting down in threads: the classic that shows what a global lock costs.

The work is pure computation. Under one global lock the threads take turns, so two of them need as
long as one; without the lock, or with a process for each, they run at the same time. What is
printed is the same in every lock mode, only the time differs:

    argil compare examples/countdown.py
    argil compare --workers 1,2,4 examples/countdown.py -- 250000000 {workers}

Arguments: how much to count in all (250000000), and how many threads share it (2).
"""

import queue
import sys
import threading


def countdown(n, done):
    """Counts `n` down to zero, then tells `done` how much was counted."""
    start = n
    while n > 0:
        n -= 1
    done.put(start - n)


def main():
    total = int(sys.argv[1]) if len(sys.argv) > 1 else 250_000_000
    workers = int(sys.argv[2]) if len(sys.argv) > 2 else 2

    # A queue carries results back in every lock mode. A shared variable would not: with a process
    # for each thread, nothing that a thread writes to its copy comes back.
    done = queue.Queue()
    threads = []
    for worker in range(workers):
        share = total // workers + (worker < total % workers)
        threads.append(threading.Thread(target=countdown, args=(share, done)))
    for thread in threads:
        thread.start()
    counted = sum(done.get() for _ in threads)
    for thread in threads:
        thread.join()
    print(f"{workers} threads counted down {counted} steps")


if __name__ == "__main__":
    main()
