def f[T: int, *Ts, **P = [int]](x: T, y=1) -> T:
    return x

class C[T](Base):
    def m[U: (T, name)](self): pass
    name = 1

type Alias = int | str
type Pair[T] = tuple[T, T]
