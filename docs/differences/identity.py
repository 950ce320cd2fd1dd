"""Equal integers up to 62 bits, and equal floats, are one and the same object.

Cause: they have no place in memory: the number itself is the value. CPython shares only small integers
and constants.
Workaround: none is needed: compare numbers with `==`.

CPython prints:
    False False
Argil prints:
    True True
"""

print(int("1000") is int("1000"), float("1.5") is float("1.5"))
