class V:
    def __init__(self, x):
        self.x = x

    def __repr__(self):
        return f"V({self.x!r})"


def define(name, symbol):
    def forward(self, other):
        return f"({self} {symbol} {other})"

    def backward(self, other):
        return f"({other} {symbol} {self})r"

    setattr(V, f"__{name}__", forward)
    setattr(V, f"__r{name}__", backward)


for name, symbol in (
    ("add", "+"),
    ("sub", "-"),
    ("mul", "*"),
    ("truediv", "/"),
    ("floordiv", "//"),
    ("mod", "%"),
    ("pow", "**"),
    ("matmul", "@"),
    ("lshift", "<<"),
    ("rshift", ">>"),
    ("and", "&"),
    ("or", "|"),
    ("xor", "^"),
    ("divmod", "divmod"),
):
    define(name, symbol)
for name in ("neg", "pos", "abs", "invert"):
    setattr(V, f"__{name}__", lambda self, name=name: f"{name} {self}")
v, w = V(1), V("w")
print(
    v + 1,
    1 + v,
    v - 2,
    2 - v,
    v * w,
    3 * v,
    v / 4,
    4 / v,
    v // 5,
    5 // v,
    v % 6,
    6 % v,
    v**7,
    7**v,
    v @ w,
    [] @ v,
)
print(
    v << 1,
    1 << v,
    v >> 1,
    1 >> v,
    v & 1,
    1 & v,
    v | None,
    None | v,
    v ^ 1,
    1 ^ v,
    divmod(v, 2),
    divmod(2, v),
    pow(v, 2),
)
print(-v, +v, abs(v), ~v, 1.5 + v, "s" + v, [1] + v, v + [1])
