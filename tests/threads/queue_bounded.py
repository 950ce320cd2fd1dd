import queue
import threading


def produce(q, n):
    for i in range(n):
        q.put(i)
    q.put("end")


if __name__ == "__main__":
    q = queue.Queue(maxsize=2)
    t = threading.Thread(target=produce, args=(q, 50))
    t.start()
    received = []
    most = 0
    while (item := q.get()) != "end":
        received.append(item)
        most = max(most, q.qsize())
    t.join()
    print(received == list(range(50)), most <= 2)
