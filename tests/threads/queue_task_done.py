import queue
import threading


def worker(tasks, done):
    while True:
        n = tasks.get()
        done.put(n)
        tasks.task_done()


if __name__ == "__main__":
    tasks, done = queue.Queue(), queue.Queue()
    for _ in range(2):
        threading.Thread(target=worker, args=(tasks, done), daemon=True).start()
    for n in range(10):
        tasks.put(n)
    tasks.join()
    print(sorted(done.get() for _ in range(10)), tasks.empty())
