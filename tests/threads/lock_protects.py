import queue
import threading


def work(lock, log, n):
    for i in range(50):
        with lock:
            log.put((n, i, "enter"))
            log.put((n, i, "leave"))


def main():
    lock = threading.Lock()
    log = queue.Queue()
    threads = [threading.Thread(target=work, args=(lock, log, n)) for n in range(3)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    entries = [log.get() for _ in range(300)]
    pairs = zip(entries[::2], entries[1::2])
    print(all(a[:2] == b[:2] and a[2] == "enter" and b[2] == "leave" for a, b in pairs))
    print([sum(1 for e in entries if e[0] == n) for n in range(3)])


if __name__ == "__main__":
    main()
