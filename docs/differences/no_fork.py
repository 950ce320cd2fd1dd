"""Processes are started, never copied: there is no `os.fork` and no `os.forkpty`, and `subprocess` refuses `preexec_fn`.

Cause: a copy of a process has one thread, and would wait for ever for whatever the others held: the world's lock, the
collector's, the memory that worker processes share.
Workaround: `os.posix_spawn`, `subprocess`, or `multiprocessing`, whose workers are started afresh.

CPython prints:
    True True
    True True
Argil prints:
    False False
    True True
"""

import os

print(hasattr(os, "fork"), hasattr(os, "forkpty"))
print(hasattr(os, "posix_spawn"), hasattr(os, "execv"))
