# Every timeout is converted alike: what is no number, no time or too far off.
# modes: gil none
import queue
import threading
import time


class Index:
    def __index__(self):
        return 0


held = threading.Lock()
held.acquire()
held_again = threading.RLock()
thread = threading.Thread(target=held_again.acquire)
thread.start()
thread.join()
condition = threading.Condition()
condition.acquire()
threads = queue.Queue(1)
threads.put(0)
waits = {
    "lock": lambda t: held.acquire(timeout=t),
    "rlock": lambda t: held_again.acquire(timeout=t),
    "semaphore": lambda t: threading.Semaphore(0).acquire(timeout=t),
    "event": lambda t: threading.Event().wait(t),
    "condition": lambda t: condition.wait(t),
    "barrier": lambda t: threading.Barrier(2).wait(t),
    "get": lambda t: queue.Queue().get(timeout=t),
    "put": lambda t: threads.put(1, timeout=t),
    "simple": lambda t: queue.SimpleQueue().get(timeout=t),
    "sleep": lambda t: time.sleep(t),
    "join": lambda t: thread.join(t),
}
for name, wait in waits.items():
    for timeout in (0, 0.001, -5, Index(), "1", [], 1e10, 10**10, 10**30, float("inf"), float("nan")):
        try:
            print(name, wait(timeout))
        except Exception as e:
            print(name, type(e).__name__, e)
