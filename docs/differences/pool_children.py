"""A pool's workers may have children.

Cause: CPython runs them as daemonic processes, which may not have any, because nobody would end those.
Argil ends a worker's children with the worker, so it allows them. (A `Process` with `daemon=True` may
not have children, as under CPython.)
Workaround: none needed; for CPython, use `concurrent.futures`.

CPython prints:
    daemonic processes are not allowed to have children
Argil prints:
    5
"""

import multiprocessing


def in_child(x):
    try:
        with multiprocessing.Pool(1) as pool:
            return pool.apply(abs, (x,))
    except AssertionError as error:
        return error


if __name__ == "__main__":
    with multiprocessing.Pool(1) as pool:
        print(pool.apply(in_child, (-5,)))
