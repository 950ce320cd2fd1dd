# modes: gil none
"""Several threads use one pool, and several wait for one result."""
import multiprocessing
import threading
import time


def work(n):
    return n * 2


def slow(n):
    time.sleep(0.3)
    return n


def run(*functions):
    threads = [threading.Thread(target=function) for function in functions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    bad = []
    with multiprocessing.Pool(2) as pool:

        def ask(k):
            for _ in range(5):
                got = pool.map(work, range(k, k + 20), chunksize=3)
                if got != [2 * n for n in range(k, k + 20)]:
                    bad.append((k, got))

        run(*[lambda k=k: ask(k * 100) for k in range(4)])
        print(bad)

        results = [pool.apply_async(work, (n,)) for n in range(30)]
        out = []
        run(*[lambda k=k: out.extend([r.get() for r in results[k::3]]) for k in range(3)])
        print(sorted(out) == [2 * n for n in range(30)])

        result = pool.apply_async(slow, (5,))
        both = []
        run(*[lambda: both.append(result.get())] * 4)
        print(both, result.get(), result.get())
