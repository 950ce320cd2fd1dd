"""Divides work among threads; what the scripts beside this one have in common."""

import queue
import sys
import threading


def run(work, total):
    """Calls `work(share)` in as many threads as the first argument says (2); the shares add up to `total`.

    Prints the sum of what the calls gave, which must not depend on the number of threads.
    """
    workers = int(sys.argv[1]) if len(sys.argv) > 1 else 2
    results = queue.Queue()

    def member(share):
        results.put(work(share))

    shares = [total // workers + (worker < total % workers) for worker in range(workers)]
    threads = [threading.Thread(target=member, args=(share,)) for share in shares]
    for thread in threads:
        thread.start()
    print(sum(results.get() for _ in threads))
    for thread in threads:
        thread.join()
