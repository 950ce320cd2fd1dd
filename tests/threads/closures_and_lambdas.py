import queue
import threading


def make(n, out):
    def work():
        out.put(("closure", n, helper(n)))

    return work


def helper(x):
    return x * FACTOR


FACTOR = 10


class Task:
    def __init__(self, value, out):
        self.value = value
        self.out = out

    def run(self):
        self.out.put(("method", self.value, helper(self.value)))


if __name__ == "__main__":
    out = queue.Queue()
    threads = [
        threading.Thread(target=make(1, out)),
        threading.Thread(target=lambda: out.put(("lambda", 2, helper(2)))),
        threading.Thread(target=Task(3, out).run),
        threading.Thread(target=out.put, args=(("builtin method", 4, 40),)),
    ]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    for line in sorted(out.get() for _ in threads):
        print(line)
