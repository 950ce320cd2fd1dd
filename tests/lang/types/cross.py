"""Type parameters, aliases and templates in another thread or process: what belongs together stays so."""

from _typing import NoDefault, TypeVar
from queue import Queue
from threading import Thread


def f[T: int, *Ts, **P = [int]](x: T) -> T:
    return T


type Alias[U] = list[U] | int
Old = TypeVar("Old", bound=int)


def work(queue, function, alias, old, nothing, template):
    T, Ts, P = function.__type_params__
    queue.put((repr(T), repr(T.__bound__), repr(Ts), repr(P.__default__), function(1) is T, repr(P.args)))
    queue.put((repr(function.__annotations__), function.__annotations__["x"] is T))
    queue.put((repr(alias.__value__), repr(alias[int]), repr(alias | str), alias.__type_params__[0].has_default()))
    queue.put((repr(old), repr(old.__bound__), nothing is old.__default__, nothing is NoDefault))
    queue.put((repr(template), repr(list(template)), repr(template + t"more")))


x = 5
results = Queue()
thread = Thread(target=work, args=(results, f, Alias, Old, NoDefault, t"a{x}b{f.__name__!r:>5}"))
thread.start()
for _ in range(5):
    print(results.get())
thread.join()
