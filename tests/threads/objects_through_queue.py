import queue
import threading


class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __eq__(self, other):
        return isinstance(other, Point) and (self.x, self.y) == (other.x, other.y)

    def __repr__(self):
        return f"Point({self.x}, {self.y})"


def echo(inbox, outbox):
    while True:
        item = inbox.get()
        outbox.put(item)
        if item is None:
            return


def main():
    inbox, outbox = queue.Queue(), queue.Queue()
    t = threading.Thread(target=echo, args=(inbox, outbox))
    t.start()
    shared = [1, 2]
    cyclic = ["c"]
    cyclic.append(cyclic)
    items = [
        1,
        -5,
        2**100,
        1.5,
        "text é",
        b"bytes",
        True,
        (1, "two"),
        [1, [2, [3]]],
        {"k": (1, 2)},
        {1, 2},
        frozenset([3]),
        range(5),
        Point(1, 2),
        [shared, shared],
        cyclic,
        ValueError("an error"),
        slice(1, 2),
        ...,
    ]
    for item in items:
        inbox.put(item)
        back = outbox.get()
        print(
            repr(back),
            type(back) is type(item),
            isinstance(item, BaseException) or item is cyclic or back == item,
        )
    inbox.put([shared, shared])
    pair = outbox.get()
    print(pair[0] is pair[1])
    inbox.put(cyclic)
    back = outbox.get()
    print(back[1] is back, isinstance(Point(1, 2), Point))
    inbox.put(Point)
    print(outbox.get() is Point)
    inbox.put(len)
    print(outbox.get() is len)
    inbox.put(None)
    print(outbox.get())
    t.join()


if __name__ == "__main__":
    main()
