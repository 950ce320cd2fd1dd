import queue
import threading


def recurse(lock, n, out):
    with lock:
        out.put(("in", n))
        if n:
            recurse(lock, n - 1, out)
        out.put(("out", n))


def main():
    lock = threading.RLock()
    out = queue.Queue()
    threads = [threading.Thread(target=recurse, args=(lock, 3, out)) for _ in range(2)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    for _ in threads:
        print([out.get() for _ in range(8)])


if __name__ == "__main__":
    main()
