# A barrier that is passed again and again: who comes back must not take the wake-up of who still sleeps from the last time.
import threading

N = 3
barrier = threading.Barrier(N)


def work():
    for _ in range(50):
        barrier.wait()


threads = [threading.Thread(target=work) for _ in range(N)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print("passed", barrier.n_waiting, barrier.broken)
