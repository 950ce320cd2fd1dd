import queue
import threading


def worker(tasks, results):
    while True:
        task = tasks.get()
        if task is None:
            return
        results.put((task, task**2))


def main():
    tasks, results = queue.Queue(), queue.Queue()
    workers = [threading.Thread(target=worker, args=(tasks, results)) for _ in range(3)]
    for w in workers:
        w.start()
    for n in range(30):
        tasks.put(n)
    for _ in workers:
        tasks.put(None)
    for w in workers:
        w.join()
    done = sorted(results.get() for _ in range(30))
    print(done == [(n, n * n) for n in range(30)], results.empty(), tasks.empty())


if __name__ == "__main__":
    main()
