import queue
from queue import Empty, Full, LifoQueue, PriorityQueue, Queue, SimpleQueue

q = Queue()
print(
    q.empty(),
    q.qsize(),
    q.full(),
    q.put(1),
    q.put("two"),
    q.qsize(),
    q.get(),
    q.get_nowait(),
    q.empty(),
    q.maxsize,
)
small = Queue(maxsize=1)
small.put("x")
print(small.full())
for f in (
    q.get_nowait,
    lambda: q.get(timeout=0.01),
    lambda: q.get(block=False),
    lambda: small.put_nowait(1),
    lambda: small.put(1, timeout=0.01),
    lambda: small.put(1, block=False),
    lambda: q.get(timeout=-1),
    q.task_done,
):
    try:
        f()
    except (Empty, Full, ValueError) as error:
        print(type(error).__name__, error)
counted = Queue()
counted.put(1)
counted.get()
counted.task_done()
counted.join()
lifo = LifoQueue()
priority = PriorityQueue()
simple = SimpleQueue()
for n in (3, 1, 2):
    lifo.put(n)
    priority.put((n, f"p{n}"))
    simple.put(n)
print(
    [lifo.get() for _ in range(3)],
    [priority.get() for _ in range(3)],
    [simple.get() for _ in range(3)],
    simple.empty(),
    issubclass(queue.Empty, Exception),
)
