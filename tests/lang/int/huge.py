big = 2**100
print(big, -big)
print(big + 1, big - 1, big * big, big // 3, big % 7, -big // 3, -big % 7)
print(big // (2**99), big / 2**98, divmod(-big, 12345678901))
print(10**50 == 10**49 * 10, 10**50 > 10**49, 2**61, 2**62, 2**63, 2**64)
print(-(2**61), -(2**62), -(2**63), 2**61 - 1, 2**62 - 1)
print((2**61) + (2**61), (2**62) - 1 - (2**62), 2**31 * 2**31, 3037000500 * 3037000500)
n = 1
for i in range(1, 31):
    n *= i
print(n)
for i in range(30, 0, -1):
    n //= i
print(n, type(n))
a, b = 0, 1
for _ in range(200):
    a, b = b, a + b
print(a)
print(123456789**5 % 1000007, hash(2**61 - 1), hash(2**61), hash(-1), hash(2**100))
