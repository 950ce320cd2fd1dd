# A range beyond 64 bits reaches a thread, which is another process in one of the modes.
from queue import Queue
from threading import Thread


def work(numbers, results):
    results.put((list(numbers), numbers[1:]))


if __name__ == "__main__":
    results = Queue()
    thread = Thread(target=work, args=(range(2**70, 2**70 + 3), results))
    thread.start()
    print(results.get())
    thread.join()
