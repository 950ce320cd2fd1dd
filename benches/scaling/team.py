"""Divides work among threads; what the scripts beside this one have in common."""

import queue
import sys
import threading

PARTS = 200


def run(work, total):
    """Calls `work(share)` in as many threads as the first argument says (2); the shares add up to `total`.

    Each thread takes the next of many small shares when it has done one, so all end at the same time whatever else the
    machine does. Prints the sum of what the calls gave, which must not depend on the number of threads.
    """
    workers = int(sys.argv[1]) if len(sys.argv) > 1 else 2
    shares, results = queue.Queue(), queue.Queue()
    for part in range(PARTS):
        shares.put(total // PARTS + (part < total % PARTS))

    def member():
        done = 0
        try:
            while True:
                done += work(shares.get_nowait())
        except queue.Empty:
            results.put(done)

    threads = [threading.Thread(target=member) for _ in range(workers)]
    for thread in threads:
        thread.start()
    print(sum(results.get() for _ in threads))
    for thread in threads:
        thread.join()
