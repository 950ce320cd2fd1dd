# What belongs to threads is refused among the arguments only: a class or function that uses it is found by its name.
import multiprocessing
import queue
import threading


class Counter:
    lock = threading.Lock()

    def __init__(self):
        self.n = 0

    def add(self):
        with self.lock:
            self.n += 1
        return self.n


log_lock = threading.Lock()


def work(counter, results):
    with log_lock:
        results.put(counter.add())


if __name__ == "__main__":
    results = multiprocessing.Queue()
    process = multiprocessing.Process(target=work, args=(Counter(), results))
    process.start()
    print(results.get())
    process.join()
    print(process.exitcode)
