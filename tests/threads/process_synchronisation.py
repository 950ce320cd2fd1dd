import multiprocessing


def work(lock, semaphore, event, q, n):
    event.wait()
    with semaphore:
        with lock:
            q.put((n, "in"))
            q.put((n, "out"))


if __name__ == "__main__":
    lock = multiprocessing.Lock()
    semaphore = multiprocessing.Semaphore(2)
    event = multiprocessing.Event()
    q = multiprocessing.Queue()
    processes = [multiprocessing.Process(target=work, args=(lock, semaphore, event, q, n)) for n in range(3)]
    for p in processes:
        p.start()
    print(q.empty(), event.is_set())
    event.set()
    entries = [q.get() for _ in range(6)]
    print(
        sorted(n for n, _ in entries),
        event.is_set(),
        lock.acquire(),
        lock.acquire(block=False),
        lock.release(),
    )
    for p in processes:
        p.join()
    print([p.exitcode for p in processes])
