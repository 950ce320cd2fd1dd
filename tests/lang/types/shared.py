# modes: gil none
"""Threads ask one type parameter and one alias for their values at once, and share an iterator over a template."""

from threading import Barrier, Thread


def shared[T: object(), U = object()](): ...


type Alias = object()
T, U = shared.__type_params__
x = 1
pieces = iter(type(t"")(*[piece for n in range(200) for piece in (str(n), t"{x}".interpolations[0])]))
seen, taken = [], []
barrier = Barrier(4)


def work():
    barrier.wait()
    seen.append((T.__bound__, U.__default__, Alias.__value__))
    taken.extend(pieces)


threads = [Thread(target=work) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(len(set(seen)), T.__bound__ is seen[0][0], U.__default__ is seen[0][1], Alias.__value__ is seen[0][2])
print(len(taken), sorted(int(piece) for piece in taken if isinstance(piece, str)) == list(range(200)))
