"""`__del__` and the callbacks of weak references come later.

Cause: as with dropped generators, nothing tells Argil at once that an object is garbage. When the collector
finds it, references to it are emptied, their callbacks are called, and then its `__del__`, in this order
(CPython calls `__del__` first where the last reference goes, and last where its own collector finds the object).
What has not been found when the program ends gets its `__del__` then. A `__del__` that a class is given later is
not called for the instances that exist already.
Workaround: a context manager and a `with` statement, or a method that the script calls; `gc.collect()` where
the moment matters.

CPython prints:
    deleted
    end
Argil prints:
    end
    deleted
"""


class Guard:
    def __del__(self):
        print("deleted")


guard = Guard()
del guard
print("end")
