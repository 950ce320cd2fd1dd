"""What a process can be given: functions of any kind, but no sockets and no iterators.

Cause: what crosses to a process is copied by Argil's own codec. It copies code, so a lambda or a
closure crosses; it has no way to hand over what the system knows by a number, and does not copy
where an iteration stands.
Workaround: connect in the process that uses the socket, or use `multiprocessing.Pipe`; give it the
list instead of the iterator.

CPython prints:
    a list: [1, 2]
    a list iterator: crosses
    a socket: crosses
Argil prints:
    a list: [1, 2]
    a list iterator: cannot pickle 'list_iterator' object
    a socket: cannot pickle 'socket' object
"""

import multiprocessing
import socket


def ignore(_):
    pass


def attempt(what, argument):
    process = multiprocessing.Process(target=ignore, args=(argument,))
    try:
        process.start()
    except TypeError as error:
        print(f"{what}: {error}")
    else:
        process.join()
        print(f"{what}: {argument if isinstance(argument, list) else 'crosses'}")


if __name__ == "__main__":
    attempt("a list", [1, 2])
    attempt("a list iterator", iter([1, 2]))
    attempt("a socket", socket.socket())
