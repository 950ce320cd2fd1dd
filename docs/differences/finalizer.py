"""`__del__` is not called.

Cause: as with dropped generators, nothing tells Argil at once that an object is garbage, and the
collector runs no code of the script.
Workaround: a context manager and a `with` statement, or a method that the script calls. Files and
sockets are flushed and closed at the end of the program in any case.

CPython prints:
    deleted
    end
Argil prints:
    end
"""


class Guard:
    def __del__(self):
        print("deleted")


guard = Guard()
del guard
print("end")
