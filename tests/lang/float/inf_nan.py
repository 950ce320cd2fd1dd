inf = float("inf")
nan = float("nan")
print(
    inf,
    -inf,
    nan,
    inf + 1,
    inf - inf,
    inf * 0,
    inf / inf,
    1 / inf,
    -1 / inf,
    inf // 1,
    inf**0,
    nan**0,
    1**nan,
)
print(nan == nan, nan != nan, nan < 1, nan > 1, inf == inf, inf > 10**400, -inf < -(10**400), nan is nan)
print(nan in [nan], [nan] == [nan], max(1, nan), max(nan, 1) != max(nan, 1), min(inf, 5))
print(int(1e18), float("-inf"), float("Infinity"), float("NaN"), float("+inf"))
print(f"{inf} {nan:.2f} {-inf:8}| {inf:e} {nan:%}", "%f %e" % (inf, nan), round(1e300), bool(nan))
for f in (
    lambda: int(inf),
    lambda: int(nan),
    lambda: round(inf),
    lambda: round(nan),
    lambda: inf.as_integer_ratio(),
):
    try:
        f()
    except (OverflowError, ValueError) as error:
        print(type(error).__name__, error)
