"""Slices compare as the tuples of their parts do."""

a, b = slice(1, 3), slice(1, 4)
print(a < b, a <= a, b > a, b >= a, a == slice(1, 3, None), a != b, a > b)
try:
    slice(1) < slice(None, None, 2)
except TypeError as error:
    print(error)
try:
    slice(1, None) < (1, None)
except TypeError as error:
    print(error)
