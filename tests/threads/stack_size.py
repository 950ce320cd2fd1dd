# The stack of new threads: asked for, refused, used.
# modes: gil none
import threading


def deep(n):
    return 0 if n == 0 else 1 + deep(n - 1)


def attempt(size):
    try:
        print(threading.stack_size(size))
    except ValueError as e:
        print("ValueError", e)


print(threading.stack_size())
for size in (262144, 0, -1, 1, 53247, 1 << 26):
    attempt(size)
done = []
thread = threading.Thread(target=lambda: done.append(deep(500)))
thread.start()
thread.join()
print(done, threading.stack_size(), threading.stack_size())
