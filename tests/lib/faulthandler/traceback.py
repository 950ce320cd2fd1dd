# Tracebacks that a script asks for, in a file of its own.
import faulthandler
import signal
import sys
import tempfile
import os
import tracemalloc

print(faulthandler.is_enabled(), faulthandler.enable(), faulthandler.is_enabled(), faulthandler.disable(), faulthandler.disable())
print(tracemalloc.is_tracing(), tracemalloc.get_traced_memory(), tracemalloc.get_traceback_limit())


def inner(file):
    faulthandler.dump_traceback(file, all_threads=False)


def deep(n, file):
    if n:
        deep(n - 1, file)
    else:
        faulthandler.dump_traceback(file, all_threads=False)


with tempfile.TemporaryFile() as file:
    inner(file)
    deep(150, file)
    faulthandler.register(signal.SIGUSR1, file, all_threads=False)
    os.kill(os.getpid(), signal.SIGUSR1)
    for _ in range(1000):
        pass
    print(faulthandler.unregister(signal.SIGUSR1), faulthandler.unregister(signal.SIGUSR1))
    file.seek(0)
    lines = file.read().decode().replace(__file__, "FILE").splitlines()
print("\n".join(lines[:4]), len(lines), lines[104], lines[105])
for call in (lambda: faulthandler.dump_traceback(-1), lambda: faulthandler.dump_traceback("x"), lambda: faulthandler.dump_traceback_later(0),
             lambda: faulthandler.register(9999), lambda: faulthandler.register(11), lambda: faulthandler.unregister(10)):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
