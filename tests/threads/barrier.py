# modes: gil none
import threading

barrier = threading.Barrier(3)
order = []
lock = threading.Lock()


def work(n):
    with lock:
        order.append(("before", n))
    index = barrier.wait()
    with lock:
        order.append(("after", n))
    indices.append(index)


indices = []
threads = [threading.Thread(target=work, args=(n,)) for n in range(3)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print([what for what, _ in order], sorted(indices), barrier.n_waiting, barrier.parties, barrier.broken)
