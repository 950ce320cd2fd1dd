"""A deque times a number, from either side and in place."""

import operator
from collections import deque

d = same = deque([1, 2], maxlen=3)
print(d * 2, 2 * d, d * 0, d * -1, True * d)
d *= 2
print(d, d is same)
d *= 0
print(d, d is same)
for other in ["a", 1.5, None]:
    try:
        d * other
    except TypeError as error:
        print(error)
    try:
        d *= other
    except TypeError as error:
        print(error)
print(operator.length_hint(deque("abc")), operator.length_hint({1: 2}), operator.length_hint(iter([1, 2])), operator.length_hint(3, 7))
