import queue
import threading
import time


def work(semaphore, log):
    with semaphore:
        log.put(1)
        time.sleep(0.005)
        log.put(-1)


def main():
    semaphore = threading.Semaphore(3)
    log = queue.Queue()
    threads = [threading.Thread(target=work, args=(semaphore, log)) for _ in range(8)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    inside, most = 0, 0
    for _ in range(16):
        inside += log.get()
        most = max(most, inside)
    print(inside, most <= 3)


if __name__ == "__main__":
    main()
