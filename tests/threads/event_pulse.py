# An event that is set and cleared at once wakes those who slept before.
# modes: gil none
import threading
import time

event = threading.Event()
asleep = threading.Semaphore(0)
seen = []


def work():
    asleep.release()
    seen.append(event.wait(20))


threads = [threading.Thread(target=work) for _ in range(3)]
for t in threads:
    t.start()
for t in threads:
    asleep.acquire()
time.sleep(0.2)
event.set()
event.clear()
for t in threads:
    t.join()
print(seen, event.is_set(), event.wait(0))
