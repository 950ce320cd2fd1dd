"""Numbers that processes share."""
from multiprocessing import Array, Lock, Process, RawArray, RawValue, Value


def count(value, times):
    for _ in range(times):
        with value.get_lock():
            value.value += 1


def square(array, flag, text):
    with array:
        for i in range(len(array)):
            array[i] = array[i] ** 2
    flag.value = 0.5
    text.value = b"hi"


def attempt(call, *args):
    try:
        print(call(*args))
    except (TypeError, ValueError, IndexError) as error:
        print(type(error).__name__)


def main():
    counter = Value("i", 5)
    workers = [Process(target=count, args=(counter, 300)) for _ in range(3)]
    for p in workers:
        p.start()
    for p in workers:
        p.join()
    print(counter.value, counter, counter.get_obj())
    numbers = Array("d", [1.0, 2.5, -3.0])
    flag, text = Value("f"), Array("c", b"some text")
    p = Process(target=square, args=(numbers, flag, text))
    p.start()
    p.join()
    print(numbers[:], numbers[0], numbers[-1], len(numbers), list(numbers), flag.value)
    print(text.value, text.raw, text[0], text[1:3])
    zeros = Array("h", 4)
    zeros[1:3] = [7, 8]
    zeros[3] = 65536 + 5
    print(zeros[:], zeros[::-1], sum(zeros))
    for code in "bBhHiIlLqQ":
        value = Value(code, lock=False)
        value.value = -1
        print(code, value.value, value, end=" ")
        value.value = 2**70 + 3
        print(value.value)
    print(Value("f", 0.1).value, Value("d", 3).value, Value("c", b"x").value)
    print(RawValue("i", 3), RawArray("i", [1, 2])[:])
    lock = Lock()
    guarded = Value("i", 1, lock=lock)
    print(guarded.get_lock() is lock)
    guarded.acquire()
    print(lock.acquire(block=False))
    guarded.release()
    attempt(lambda: zeros[4])
    attempt(lambda: zeros[-5])
    attempt(setattr, counter, "value", "x")
    attempt(setattr, counter, "value", 1.5)
    attempt(setattr, flag, "value", "x")
    attempt(zeros.__setitem__, slice(0, 2), [1])
    attempt(Value, "?")
    attempt(Array, "i", -1)


if __name__ == "__main__":
    main()
