# Who came first is woken first; one that gave up meanwhile is passed over.
# modes: gil none
import threading

cond = threading.Condition()
asleep = threading.Semaphore(0)
gave_up = threading.Semaphore(0)
woken = []


def work(n, timeout):
    with cond:
        asleep.release()
        if cond.wait(timeout):
            woken.append(n)
        else:
            gave_up.release()


threads = []
for n in range(6):
    thread = threading.Thread(target=work, args=(n, 0.01 if n in (0, 3) else None))
    thread.start()
    threads.append(thread)
    asleep.acquire()
for _ in range(2):
    gave_up.acquire()
with cond:
    print(repr(cond).rsplit(" ", 1)[1], len(threads))
for n in range(4):
    with cond:
        cond.notify()
    while len(woken) == n:
        pass
print(woken)
for thread in threads:
    thread.join()
