"""A call in a pool whose process ends raises RuntimeError.

Cause: CPython's pool starts another process and forgets the call, so that whoever waits for its
result waits for ever. Argil tells the caller, then starts another process.
Workaround: none needed; for CPython, give `get()` a timeout.

CPython prints:
    TimeoutError
    2
Argil prints:
    RuntimeError: a worker process ended abruptly (exit code 3)
    2
"""

import multiprocessing
import sys

if __name__ == "__main__":
    with multiprocessing.Pool(1) as pool:
        try:
            pool.apply_async(sys.exit, (3,)).get(timeout=5)
        except RuntimeError as error:
            print(f"RuntimeError: {error}")
        except multiprocessing.TimeoutError:
            print("TimeoutError")
        print(pool.apply(abs, (-2,)))
