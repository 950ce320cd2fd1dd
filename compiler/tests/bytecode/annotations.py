x: int = 1
y: list[int]


def f(a: int, *args: x, b: str = "") -> None:
    local: float = 1.0
    return local


class C:
    T = int
    attribute: T
