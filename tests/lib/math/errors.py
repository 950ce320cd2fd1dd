import math

for f in (
    lambda: math.sqrt(-1),
    lambda: math.log(0),
    lambda: math.log(-1),
    lambda: math.acos(2),
    lambda: math.factorial(-1),
    lambda: math.factorial(1.5),
    lambda: math.exp(1000),
    lambda: math.pow(0, -1),
    lambda: math.sqrt("a"),
    lambda: math.sqrt(),
    lambda: math.sqrt(1, 2),
    lambda: math.floor("x"),
    lambda: math.floor(float("inf")),
    lambda: math.ceil(float("nan")),
    lambda: math.gcd(1.5),
    lambda: math.isqrt(-1),
    lambda: math.comb(-1, 2),
    lambda: math.fmod(1, 0),
    lambda: math.sin(float("inf")),
    lambda: math.log(10, 0),
    lambda: math.log10(0),
    lambda: math.atanh(1),
    lambda: math.pow(-8, 1 / 3),
    lambda: math.cosh(1000),
    lambda: math.ldexp(1.0, 5000),
    lambda: math.sqrt(10**400),
    lambda: math.log(10, 1),
    lambda: math.log2(-1),
    lambda: math.gamma(-1),
    lambda: math.trunc("x"),
    lambda: math.dist([1], [1, 2]),
    lambda: math.isclose(1),
    lambda: math.fsum(["a"]),
    lambda: math.gcd("a"),
    lambda: math.hypot("a"),
):
    try:
        print(f())
    except Exception as error:
        print(type(error).__name__, error)
