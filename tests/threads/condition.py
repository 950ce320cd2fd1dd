# modes: gil none
import threading
from collections import deque

items = deque()
condition = threading.Condition()
consumed = []


def consumer():
    while True:
        with condition:
            while not items:
                condition.wait()
            item = items.popleft()
        if item is None:
            return
        consumed.append(item)


t = threading.Thread(target=consumer)
t.start()
for i in range(10):
    with condition:
        items.append(i)
        condition.notify()
with condition:
    items.append(None)
    condition.notify_all()
t.join()
print(consumed)
with condition:
    print(
        condition.wait(0.01),
        condition.wait_for(lambda: True),
        condition.wait_for(lambda: False, timeout=0.01),
        condition.wait_for(lambda: "value"),
    )
for f in (condition.wait, condition.notify, condition.notify_all, condition.release):
    try:
        f()
    except RuntimeError as error:
        print(error)
lock = threading.Lock()
c = threading.Condition(lock)
with c:
    print(lock.locked(), c.acquire(blocking=False))
