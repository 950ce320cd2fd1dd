import queue
import threading


def leaf(n, out):
    out.put(n)


def branch(n, out):
    threads = [threading.Thread(target=leaf, args=(n * 10 + i, out)) for i in range(2)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    out.put(n)


if __name__ == "__main__":
    out = queue.Queue()
    threads = [threading.Thread(target=branch, args=(n, out)) for n in (1, 2)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    print(sorted(out.get() for _ in range(6)))
