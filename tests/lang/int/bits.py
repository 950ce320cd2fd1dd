print(6 & 3, 6 | 3, 6 ^ 3, -6 & 3, -6 | 3, -6 ^ 3, ~6)
print(1 << 0, 1 << 10, 1 << 70, -1 << 70, 5 << 61, 0 << 100)
print(1024 >> 3, -1024 >> 3, -1 >> 5, 7 >> 100, -7 >> 100, 2**80 >> 70)
print(2**100 & 2**100 - 1, 2**100 | 1, (2**70 + 5) ^ 2**70, -(2**70) & 0xFFFF, ~(2**64))
print((255).bit_length(), (256).bit_length(), (0).bit_length(), (-256).bit_length(), (2**100).bit_length())
print((255).bit_count(), (-7).bit_count(), (2**100 - 1).bit_count(), True.bit_length())
print(True & False, True | False, True ^ True, True & 1, True << 3)
for f in (lambda: 1 << -1, lambda: 1 >> -1, lambda: 1 & 1.0, lambda: ~1.5, lambda: "a" | 1):
    try:
        f()
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
