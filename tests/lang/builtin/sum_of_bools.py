"""sum() of truth values, alone and among numbers."""

print(sum([True, True, False]), sum([True] * 1000, 5), sum([1.5, True, False, 2]), sum([True], 0.5))
print(type(sum([True])), type(sum([], True)), sum([2**62 - 1, True]), sum([True, 10**30, True]))
