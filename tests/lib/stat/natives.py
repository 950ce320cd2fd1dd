# The constants of _stat, and what modes say.
import _stat

for n in sorted(dir(_stat)):
    v = getattr(_stat, n)
    if isinstance(v, int):
        print(n, v)
kinds = [n for n in sorted(dir(_stat)) if n.startswith('S_IS') and callable(getattr(_stat, n))]
for mode in list(range(0, 0o200000, 0o1111)) + [0o100644, 0o40755, 0o120777, 0o104755, 0o102711, 0o41777, 0o41776, 0o60600, 0o20600, 0o10600, 0o140777, 2**32 - 1]:
    print(oct(mode), _stat.filemode(mode), oct(_stat.S_IFMT(mode)), oct(_stat.S_IMODE(mode)), [k for k in kinds if getattr(_stat, k)(mode)])
for arg in (-1, 1 << 40, 1 << 70, -1 << 70, 'x', 1.5, True):
    for f in (_stat.S_ISDIR, _stat.filemode, _stat.S_IMODE):
        try:
            print(f(arg))
        except Exception as e:
            print(type(e).__name__, e)
try:
    _stat.S_ISDIR()
except TypeError as e:
    print(e)
