"""A pool's workers: how many calls each answers, and how they end."""
import multiprocessing
import os


def pid(_):
    return os.getpid()


def set_up(n):
    global number
    number = n


def get_number(_):
    return number


def attempt(call, *args, **kwargs):
    try:
        print(call(*args, **kwargs))
    except (ValueError, TypeError, NotImplementedError) as error:
        print(type(error).__name__, error)


if __name__ == "__main__":
    with multiprocessing.Pool(1, maxtasksperchild=2) as pool:
        pids = pool.map(pid, range(6), chunksize=1)
        print([pids.index(p) for p in pids])
        print(len(set(pool.map(pid, range(6), chunksize=6))))
    with multiprocessing.Pool(1, set_up, (5,), maxtasksperchild=1) as pool:
        print(pool.map(get_number, range(3), chunksize=1))
        one, other = multiprocessing.Pipe()
        attempt(one.send, pool)
        attempt(pool.join)
    for bad in (0, -1, 1.5):
        attempt(multiprocessing.Pool, 1, maxtasksperchild=bad)
    attempt(multiprocessing.Pool, 0)
    attempt(multiprocessing.Pool, 1, 5)
    pool = multiprocessing.Pool(1)
    print(repr(pool))
    result = pool.apply_async(pid, (1,))
    pool.close()
    attempt(pool.apply_async, pid)
    attempt(pool.map, pid, [1])
    attempt(pool.imap, pid, [1])
    pool.join()
    print(result.ready(), repr(pool))
    pool.terminate()
    pool.join()
    attempt(pool.__enter__)
