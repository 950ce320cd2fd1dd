import queue
import threading


def work(n, out):
    out.put(n)


if __name__ == "__main__":
    out = queue.Queue()
    for batch in range(5):
        threads = [threading.Thread(target=work, args=(batch * 8 + n, out)) for n in range(8)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
    print(sorted(out.get() for _ in range(40)) == list(range(40)))
