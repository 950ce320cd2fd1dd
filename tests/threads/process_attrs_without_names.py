# Keys of vars() that are no strings go to a process with the object.
import multiprocessing


class Key:
    def __eq__(self, other):
        return isinstance(other, Key)

    def __hash__(self):
        return 7


class Thing:
    pass


class Slotted:
    __slots__ = ("a", "__dict__")


def work(thing, key, q):
    q.put(sorted(map(str, vars(thing))) if key is None else (vars(thing)[key], getattr(thing, "a", None)))
    vars(thing)[(3, 4)] = "new"
    q.put(thing)


def show(thing, key=None):
    q = multiprocessing.Queue()
    p = multiprocessing.Process(target=work, args=(thing, key, q))
    p.start()
    print(q.get())
    back = q.get()
    p.join()
    print(type(back).__name__, len(vars(back)), vars(back)[(3, 4)], getattr(back, "a", None))


if __name__ == "__main__":
    thing = Thing()
    thing.x = 1
    vars(thing)[1] = "one"
    vars(thing)[None] = [thing]
    show(thing)
    show(thing, 1)
    thing = Slotted()
    thing.a = 5
    vars(thing)[Key()] = "key"
    show(thing, Key())
