import multiprocessing


class Pair:
    def __init__(self, a, b):
        self.a, self.b = a, b

    def __repr__(self):
        return f"Pair({self.a}, {self.b})"


def square(x):
    return x * x


def add(a, b=0):
    return a + b


def make_pair(x):
    return Pair(x, [x])


def fail(x):
    if x == 2:
        raise ValueError(f"bad {x}")
    return x


if __name__ == "__main__":
    with multiprocessing.Pool(2) as pool:
        print(
            pool.map(square, range(10)),
            pool.map(square, []),
            pool.apply(add, (1, 2)),
            pool.apply(add, (1,), {"b": 5}),
        )
        print(pool.starmap(add, [(1, 2), (3, 4)]))
        pairs = pool.map(make_pair, [1, 2])
        print(pairs, isinstance(pairs[0], Pair))
        try:
            pool.map(fail, [1, 2, 3])
        except ValueError as error:
            print("ValueError", error)
        print(pool.map(square, [5]))
        result = pool.apply_async(add, (10, 20))
        print(result.get(timeout=20))
        print(list(pool.imap(square, [3, 4])))
