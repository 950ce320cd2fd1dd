import queue
import threading


def waiter(event, out, n):
    out.put(("ready", n))
    out.put(("woken", n, event.wait(10)))


def main():
    event = threading.Event()
    out = queue.Queue()
    threads = [threading.Thread(target=waiter, args=(event, out, n)) for n in range(3)]
    for t in threads:
        t.start()
    print(sorted(out.get() for _ in threads), event.is_set())
    event.set()
    print(sorted(out.get() for _ in threads), event.is_set(), event.wait(), event.wait(0))
    event.clear()
    print(event.is_set(), event.wait(0.01), event.wait(timeout=0))
    for t in threads:
        t.join()


if __name__ == "__main__":
    main()
