# modes: gil none
"""Weak references under threads: each callback and each __del__ is called once, and a reference names its object or nothing."""

import _weakref
import gc
import threading

THREADS, ROUNDS = 4, 60


class A:
    def __init__(self, number):
        self.number = number

    def __del__(self):
        deleted.append(self.number)


deleted = []
called = []
shared = {}
wrong = []
start = threading.Barrier(THREADS)


def callback(reference):
    called.append(reference)


def work(first):
    start.wait()
    for number in range(first, first + ROUNDS):
        a = A(number)
        shared[number] = _weakref.ref(a, callback)
        if _weakref.ref(a)() is not a or _weakref.getweakrefcount(a) not in (1, 2):
            wrong.append(number)
        for other, reference in dict(shared).items():
            target = reference()
            if target is not None and target.number != other:
                wrong.append(other)
            target = None
        if number % 20 == 0:
            gc.collect()
        del a


threads = [threading.Thread(target=work, args=(i * ROUNDS,)) for i in range(THREADS)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
gc.collect()
gc.collect()
print(wrong, len(shared), all(reference() is None for reference in shared.values()))
print(len(called), len(set(map(id, called))), sorted(deleted) == list(range(THREADS * ROUNDS)))

# One object, of which many threads make and drop references.
common = A(-1)
plain = _weakref.ref(common)


def refer():
    start.wait()
    for _ in range(ROUNDS):
        references = [_weakref.ref(common, callback) for _ in range(5)]
        if any(reference() is not common for reference in references) or plain() is not common:
            wrong.append("common")


threads = [threading.Thread(target=refer) for _ in range(THREADS)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
gc.collect()
print(wrong, _weakref.getweakrefs(common) == [plain], _weakref.ref(common) is plain)
