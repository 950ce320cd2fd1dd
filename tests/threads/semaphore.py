import threading

s = threading.Semaphore(2)
print(
    s.acquire(),
    s.acquire(),
    s.acquire(blocking=False),
    s.acquire(timeout=0.01),
    s.release(),
    s.acquire(False),
)
s.release()
s.release(2)
print([s.acquire(blocking=False) for _ in range(4)])
with threading.Semaphore() as got:
    print(got)
b = threading.BoundedSemaphore(1)
with b:
    print("bounded")
for f in (b.release, lambda: threading.Semaphore(-1), lambda: s.release(0), lambda: s.acquire(False, 1)):
    try:
        f()
    except ValueError as error:
        print(error)
