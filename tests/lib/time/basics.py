import time
from time import monotonic, perf_counter, sleep

t0 = time.time()
m0 = monotonic()
p0 = perf_counter()
sleep(0.02)
print(
    time.time() > t0,
    0.02 <= monotonic() - m0 < 5,
    0.02 <= perf_counter() - p0 < 5,
    type(t0).__name__,
    type(time.time_ns()).__name__,
    time.perf_counter_ns() > 0,
    time.monotonic_ns() > 0,
    time.process_time() >= 0,
    time.thread_time() >= 0,
)
print(
    time.time() > 1_700_000_000,
    abs(time.time() - time.time_ns() / 1e9) < 1,
    sleep(0),
    time.process_time_ns() >= 0,
)
c0 = time.process_time()
sleep(0.05)
print(time.process_time() - c0 < 0.04)
for f in (lambda: sleep(-1), lambda: sleep("a"), lambda: sleep(), lambda: sleep(float("nan"))):
    try:
        f()
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
