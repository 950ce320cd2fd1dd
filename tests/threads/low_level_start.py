# Threads started through _thread, clocks asked by number, and what the main thread is told.
# modes: gil none
import _thread
import time

lock = _thread.allocate_lock()
done = _thread.allocate_lock()
done.acquire()
seen = []


def run(value, *, extra=0):
    with lock:
        seen.append(value + extra)
        if len(seen) == 3:
            done.release()


idents = {_thread.start_new_thread(run, (n,), {"extra": 10}) for n in range(3)}
done.acquire()
print(sorted(seen), all(isinstance(ident, int) for ident in idents), isinstance(lock, _thread.LockType))
for bad in (lambda: _thread.start_new_thread(1, ()), lambda: _thread.start_new_thread(run, [1])):
    try:
        bad()
    except TypeError as error:
        print(error)
try:
    _thread.interrupt_main()
    time.sleep(5)
except KeyboardInterrupt:
    print("interrupted")
print(time.clock_gettime(time.CLOCK_MONOTONIC) <= time.clock_gettime(time.CLOCK_MONOTONIC), time.clock_getres(time.CLOCK_REALTIME) < 1)
try:
    time.clock_gettime(99)
except OSError as error:
    print(error)
