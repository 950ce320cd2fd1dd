import queue
import threading


class Worker(threading.Thread):
    def __init__(self, n, out):
        super().__init__(name=f"worker-{n}")
        self.n = n
        self.out = out

    def run(self):
        self.out.put((self.name, self.n * self.n))


if __name__ == "__main__":
    out = queue.Queue()
    workers = [Worker(n, out) for n in range(4)]
    for w in workers:
        w.start()
    for w in workers:
        w.join()
    print(sorted(out.get() for _ in workers))
