"""Callbacks of a pool run without anybody asking for a result, on another thread than the one that waits for what they do."""
import multiprocessing
import threading
import time


def square(n):
    if n < 0:
        raise ValueError(n)
    return n * n


def wait_until(true):
    end = time.monotonic() + 30
    while not true() and time.monotonic() < end:
        time.sleep(0.01)


def main():
    got, bad, names = [], [], []

    def all_done(values):
        got.append(values)
        names.append(threading.current_thread() is threading.main_thread())
        done.set()

    with multiprocessing.Pool(2) as pool:
        done = threading.Event()
        for n in (1, 2, -3):
            pool.apply_async(square, (n,), callback=got.append, error_callback=lambda e: bad.append(repr(e)))
        pool.map_async(square, range(5), callback=all_done)
        print(done.wait(30), names)
        wait_until(lambda: len(got) == 3 and bad)
        print(sorted(map(str, got)), bad)

        # A map fails once, when all of it is done, as the first that failed.
        failed = pool.map_async(square, [-1, 2, -3], chunksize=1, error_callback=lambda e: bad.append(type(e)))
        failed.wait()
        print(failed.ready(), failed.successful(), bad[1:])
        # What cannot be sent is the result's failure too.
        result = pool.apply_async(square, (iter_of_nothing(),), error_callback=lambda e: bad.append(type(e)))
        result.wait()
        print(result.successful(), bad[2:])
        empty = pool.map_async(square, [], callback=got.append)
        print(empty.ready(), empty.get(), len(got))

    # Closed and joined: all callbacks have run.
    got.clear()
    pool = multiprocessing.Pool(2)
    for n in range(4):
        pool.apply_async(square, (n,), callback=got.append)
    pool.close()
    pool.join()
    print(sorted(got))


def iter_of_nothing():
    yield


if __name__ == "__main__":
    main()
