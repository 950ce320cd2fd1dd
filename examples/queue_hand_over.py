"""A queue: handing work from thread to thread without sharing anything else.

A baker puts loaves on a short counter, a seller takes them. A full counter makes the baker wait,
an empty one the seller; neither needs a lock of its own. `None` on the counter says that the day
is over. Because only the queue is shared, the script works with threads and with processes alike.
"""

import queue
import threading

LOAVES = ["rye", "wheat", "spelt", "corn", "oat"]


def bake(counter):
    for number, grain in enumerate(LOAVES, start=1):
        counter.put({"number": number, "grain": grain})
    counter.put(None)


def sell(counter, takings):
    while (loaf := counter.get()) is not None:
        takings.put(f"sold loaf {loaf['number']} ({loaf['grain']})")
    takings.put(None)


def main():
    counter = queue.Queue(maxsize=2)
    takings = queue.Queue()
    baker = threading.Thread(target=bake, args=(counter,))
    seller = threading.Thread(target=sell, args=(counter, takings))
    seller.start()
    baker.start()
    while (line := takings.get()) is not None:
        print(line)
    baker.join()
    seller.join()
    print("the counter is empty:", counter.empty())


if __name__ == "__main__":
    main()
