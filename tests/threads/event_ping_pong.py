import threading


def ping(mine, other, n):
    for i in range(n):
        mine.wait()
        mine.clear()
        print("ping", i, flush=True)
        other.set()


def pong(mine, other, n):
    for i in range(n):
        mine.wait()
        mine.clear()
        print("pong", i, flush=True)
        other.set()


if __name__ == "__main__":
    a, b = threading.Event(), threading.Event()
    threads = [threading.Thread(target=ping, args=(a, b, 5)), threading.Thread(target=pong, args=(b, a, 5))]
    for t in threads:
        t.start()
    a.set()
    for t in threads:
        t.join()
