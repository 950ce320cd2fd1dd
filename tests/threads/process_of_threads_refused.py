# A queue.Queue, a threading.Lock or a threading.Event is given to a Process: the classic mistake.
# modes: gil none
import multiprocessing
import queue
import threading


def use(x):
    if isinstance(x, queue.Queue):
        x.put("from child")
    elif hasattr(x, "set"):
        x.set()


if __name__ == "__main__":
    for x in (queue.Queue(), threading.Lock(), threading.Event(), threading.Condition(), threading.local(), threading.Thread(target=print)):
        name = type(x).__name__
        try:
            p = multiprocessing.Process(target=use, args=(x,))
            p.start()
            p.join()
            print(name, "crossed", p.exitcode)
            if name == "Queue":
                print(x.get(timeout=1))
            if name == "Event":
                print(x.wait(1))
        except (TypeError, queue.Empty) as e:
            print(name, type(e).__name__, e)
