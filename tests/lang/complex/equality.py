"""Complex numbers are equal by value, also to real numbers; they have no order."""


class Phase(complex):
    pass


a, b = complex(1, 2), complex(1, 2)
print(a == b, a != b, a is b, a in [b], {a: "found"}.get(b))
print(complex(1, 2) == 1 + 2j, complex(1.5, -2) == complex(1.5, -2), complex(1, 2) == complex(2, 1))
print(complex(3, 0) == 3, 3 == complex(3, 0), 3.0 == complex(3), complex(3, 1) == 3, complex(0, 0) == False)
print(complex(2**53, 0) == 2**53 + 1, complex(float("nan"), 0) == complex(float("nan"), 0), complex(-0.0, 0) == 0)
print(Phase(1, 2) == Phase(1, 2), Phase(1, 2) == a, a == Phase(1, 2), a == None, a == "1+2j")
print(hash(a) == hash(b), len({a, b, complex(3), 3}))
try:
    a < b
except TypeError as error:
    print(error)
