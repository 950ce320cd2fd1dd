"""How a process ended is seen by its parent."""
import sys
import time
from multiprocessing import Event, Lock, Process


def leave(code):
    sys.exit(code)


def fail():
    raise KeyError("gone")


def sleep():
    time.sleep(60)


def hold(lock, ready, release):
    with lock:
        ready.set()
        release.wait()


class Counting(Process):
    def __init__(self, n):
        super().__init__()
        self.n = n

    def run(self):
        sys.exit(self.n)


if __name__ == "__main__":
    sys.stderr.flush()
    for code in (0, 3):
        p = Process(target=leave, args=(code,))
        p.start()
        p.join()
        print(p.exitcode, p.is_alive())
    p = Process(target=sleep)
    p.start()
    print(p.is_alive(), p.exitcode)
    p.kill()
    p.join()
    print(p.exitcode)
    p = Process(target=sleep)
    p.start()
    p.terminate()
    p.join()
    print(p.exitcode)
    p = Process(target=sleep, daemon=True)
    p.start()
    p.join(0.05)
    print(p.exitcode, p.daemon)
    lock, ready, release = Lock(), Event(), Event()
    p = Process(target=hold, args=(lock, ready, release))
    p.start()
    ready.wait()
    print(lock.acquire(timeout=0.05))
    release.set()
    p.join()
    print(lock.acquire(timeout=5))
    p = Counting(7)
    p.start()
    p.join()
    print(p.exitcode)
