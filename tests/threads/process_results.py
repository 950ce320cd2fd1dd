"""What a worker gets is a copy, what it returns comes back, and classes are the parent's own."""
from multiprocessing import Pool, Process, Queue


class Point:
    scale = 10

    def __init__(self, x, y=0):
        self.x, self.y = x, y

    def scaled(self):
        return Point(self.x * self.scale, self.y * self.scale)


class Deep(dict):
    pass


def shift(point, by=1):
    return Point(point.x + by, point.y + by)


def scaled(point):
    return point.scaled()


def fails(n):
    if n == 3:
        raise ValueError(f"no {n}")
    return n


def square(n):
    return n * n


def produce(queue, count):
    for i in range(count):
        queue.put((i, Point(i)))
    data.append("lost")


def cyclic(values):
    values.append(values)
    return values


data = ["kept"]

if __name__ == "__main__":
    with Pool(2) as pool:
        print(pool.map(square, range(20)))
        points = pool.map(shift, [Point(1), Point(2, 3)])
        print([(p.x, p.y, isinstance(p, Point), type(p) is Point) for p in points])
        print(pool.apply(scaled, (Point(4, 5),)).x)
        print(pool.starmap(pow, [(2, 10), (3, 4)]))
        print(list(pool.imap(square, [5, 6, 7])))
        try:
            pool.map(fails, range(6))
        except ValueError as error:
            print("raised", error, type(error.__cause__).__name__)
        loop = pool.apply(cyclic, ([1],))
        print(loop[1] is loop, pool.apply(len, ([1, 2, 3],)))
        print(pool.apply_async(square, (9,)).get(timeout=30))
    queue = Queue()
    process = Process(target=produce, args=(queue, 5), name="producer")
    process.start()
    got = [queue.get() for _ in range(5)]
    process.join()
    print([(i, p.x, type(p) is Point) for i, p in got], process.exitcode, process.name)
    print(data, queue.empty())
