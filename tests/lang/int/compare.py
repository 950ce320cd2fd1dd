print(1 < 2, 2 < 1, 1 <= 1, 1 > 1, 1 >= 1, 1 == 1, 1 != 1)
print(1 == 1.0, 1 == True, 0 == False, 2 == True, 1 == "1", 1 != "1", None == 0)
print(2**53 == 2.0**53, 2**53 + 1 == 2.0**53, 2**53 + 1 > 2.0**53, 10**400 > 1e308, 10**400 < float("inf"))
print(2**70 < 2**71, -(2**70) < 5, 5 < 2**70, 2**70 == 2**70, 2**70 != 2**70 + 1)
print(1 < 2 < 3, 1 < 3 < 2, 3 > 2 > 1, 1 < 2 > 0, 1 == 1 == 1.0, 1 < 2 == 2)
print(None is None, [] is [], 1 in [1, 2], 3 not in [1, 2], not 0, not 1)
x = 5
print(0 < x <= 5, 0 < x < 5, x == 5 != 6)
print(max(1, 2.0), max(2, 2.0), min(1, True), max([3, 1, 2]), min("hello"))


def loud(n):
    print("eval", n)
    return n


print(loud(1) < loud(2) < loud(3))
print(loud(3) < loud(2) < loud(1))
