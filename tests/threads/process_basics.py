import multiprocessing
import os
import sys


def child(q, n):
    q.put((n, os.getpid() != os.getppid(), sum(range(n))))


def exits(code):
    sys.exit(code)


def raises():
    raise ValueError("in the child")


def main():
    q = multiprocessing.Queue()
    processes = [multiprocessing.Process(target=child, args=(q, n)) for n in (3, 5)]
    for p in processes:
        p.start()
    print(sorted(q.get() for _ in processes))
    for p in processes:
        p.join()
    print([p.exitcode for p in processes], [p.is_alive() for p in processes])
    p = multiprocessing.Process(target=exits, args=(3,), name="leaver")
    print(p.exitcode, p.pid, p.name)
    p.start()
    print(p.pid != os.getpid())
    p.join()
    print(p.exitcode, multiprocessing.cpu_count() >= 1, multiprocessing.current_process().name)


if __name__ == "__main__":
    main()
