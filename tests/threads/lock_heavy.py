# Lock-heavy threads: each takes a lock, does little, releases; and two that hand a turn to each other by semaphores.
# modes: gil none
import threading

N = 3_000


def run(n, locks, rounds):
    state = [0] * 4

    def work(k):
        for i in range(rounds):
            with locks[i % len(locks)]:
                state[k] += 1
                x = [i] * 10
    ts = [threading.Thread(target=work, args=(k,)) for k in range(n)]
    for t in ts:
        t.start()
    for t in ts:
        t.join()
    return sum(state)


for n, make in ((1, threading.Lock), (4, threading.Lock), (4, threading.RLock), (4, lambda: threading.Semaphore(1)), (4, threading.Condition)):
    total = run(n, [make() for _ in range(3)], N)
    print(n, total)
# Two threads that hand a turn to each other.
a, b = threading.Semaphore(1), threading.Semaphore(0)
order = []


def turn(mine, other, what):
    for _ in range(2000):
        mine.acquire()
        order.append(what)
        other.release()


ts = [threading.Thread(target=turn, args=x) for x in ((a, b, 0), (b, a, 1))]
for t in ts:
    t.start()
for t in ts:
    t.join()
print(order == [0, 1] * 2000)
