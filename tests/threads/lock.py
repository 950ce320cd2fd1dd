import threading

lock = threading.Lock()
print(
    lock.acquire(),
    lock.locked(),
    lock.acquire(blocking=False),
    lock.acquire(False),
    lock.acquire(timeout=0.01),
    lock.release(),
    lock.locked(),
)
with lock:
    print("held", lock.locked())
print(lock.locked())
for f in (
    lock.release,
    lambda: lock.acquire(False, 1),
    lambda: lock.acquire(timeout=-5),
    lambda: lock.acquire("x", "y"),
):
    try:
        f()
    except (RuntimeError, ValueError, TypeError) as error:
        print(type(error).__name__, error)
try:
    with lock:
        raise KeyError("inside")
except KeyError:
    print("released after an exception:", not lock.locked())
r = threading.RLock()
print(r.acquire(), r.acquire(), r.release(), r.release())
with r:
    with r:
        print("re-entered")
try:
    r.release()
except RuntimeError as error:
    print(error)
