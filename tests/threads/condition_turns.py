# Threads take turns by a condition: each notifies all, then waits itself.
# modes: gil none
import threading

N = 3
turn = 0
cond = threading.Condition()


def work(i):
    global turn
    for _ in range(20):
        with cond:
            while turn % N != i:
                cond.wait()
            turn += 1
            cond.notify_all()


threads = [threading.Thread(target=work, args=(i,)) for i in range(N)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print("turns", turn)
