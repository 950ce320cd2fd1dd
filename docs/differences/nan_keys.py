"""Every NaN is one and the same object, so a container finds each by any other.

Cause: a float has no place in memory: the number itself is the value (see `identity.py`), and containers
compare by identity before they ask for equality. CPython tells the objects apart that hold NaNs.
Workaround: ask `math.isnan` instead of a container; `==` between NaNs is false in both.

CPython prints:
    False False
    2 2 1
Argil prints:
    True True
    1 1 2
"""

nan, other = float("nan"), float("nan")
print(other in {nan: 1}, other in [nan])
print(len({nan: 1, other: 2}), len({nan, other}), [nan, other].count(nan))
