import queue
import threading


def waiter(condition, out, n):
    with condition:
        out.put(("waiting", n))
        out.put(("notified", n, condition.wait(10)))


def main():
    condition = threading.Condition()
    out = queue.Queue()
    threads = [threading.Thread(target=waiter, args=(condition, out, n)) for n in range(3)]
    for t in threads:
        t.start()
    print(sorted(out.get() for _ in threads))
    with condition:
        condition.notify()
    first = out.get()
    print(first[0], first[2])
    with condition:
        condition.notify_all()
    print([x[::2] for x in (out.get(), out.get())])
    for t in threads:
        t.join()


if __name__ == "__main__":
    main()
