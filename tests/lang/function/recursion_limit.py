# stress: no, 100,000 frames
import sys

print(sys.getrecursionlimit())


def depth(n):
    try:
        return depth(n + 1)
    except RecursionError as error:
        print(error)
        return n


reached = depth(1)
print(900 < reached <= 1000)


def down(n):
    return 0 if n == 0 else 1 + down(n - 1)


print(down(900))
try:
    down(2000)
except RecursionError as error:
    print(type(error).__name__, isinstance(error, RuntimeError), error)
sys.setrecursionlimit(5000)
print(sys.getrecursionlimit(), down(4000))
sys.setrecursionlimit(200_000)
print(down(100_000))
for bad in (0, -1, "a"):
    try:
        sys.setrecursionlimit(bad)
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)


class Endless:
    def __repr__(self):
        return repr(self)


sys.setrecursionlimit(500)
try:
    repr(Endless())
except RecursionError:
    print("RecursionError in __repr__")
