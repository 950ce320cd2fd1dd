"""imap takes what it needs from its source as it goes, and gives results as they come."""
import itertools
import multiprocessing
import time


def work(n):
    if n == 0:
        time.sleep(2)
    return n


def slowly():
    for i in range(4):
        made.append(i)
        yield i
        time.sleep(0.1)


made = []
if __name__ == "__main__":
    with multiprocessing.Pool(2) as pool:
        iterator = pool.imap(abs, itertools.count())
        print([next(iterator) for _ in range(3)])

    pool = multiprocessing.Pool(2)
    iterator = pool.imap(work, slowly())
    print("imap returns at once", len(made) < 4)
    print(next(iterator), type(iterator).__name__, hasattr(iterator, "next"))
    print(list(iterator), made, list(iterator))
    print(list(pool.imap_unordered(work, [0, 1, 2, 3]))[-1])
    print("the slow one is not first", next(pool.imap_unordered(work, [0, 1, 2, 3])) != 0)
    iterator = pool.imap(work, [0, 5])
    try:
        iterator.next(timeout=0.05)
    except multiprocessing.TimeoutError:
        print("timeout", iterator.next(), iterator.next())
    print(next(pool.imap(work, range(1, 300))))
    iterator = pool.imap(work, (1 // (2 - n) for n in range(4)))
    out = []
    try:
        for x in iterator:
            out.append(x)
    except ZeroDivisionError as error:
        out.append(str(error))
    print(out)
    print(list(pool.imap(work, range(1, 12), chunksize=4)), list(pool.imap_unordered(work, [])))
    for bad in (lambda: pool.imap(work, [], 0), lambda: next(pool.imap(work, 5))):
        try:
            bad()
        except (ValueError, TypeError) as error:
            print(error)

    # Closing ends nothing that has begun.
    iterator = pool.imap(work, (n for n in range(1, 30)))
    pool.close()
    pool.join()
    print(sum(iterator))
