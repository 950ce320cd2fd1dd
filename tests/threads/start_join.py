import queue
import threading


def work(n, out):
    out.put((n, sum(range(n))))


def main():
    out = queue.Queue()
    threads = [threading.Thread(target=work, args=(n,), kwargs={"out": out}) for n in (10, 20, 30)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    print(sorted(out.get() for _ in threads), out.empty(), [t.is_alive() for t in threads])


if __name__ == "__main__":
    main()
