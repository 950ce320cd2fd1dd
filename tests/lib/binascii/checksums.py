# Checksums, which go on from others.
import binascii
from _show import show

for data in b"", b"123456789", bytearray(b"abc"), memoryview(b"abcd")[1:]:
    for start in 0, 5, -1, 0xFFFF, 2**17 + 3, 2**40 + 7, 2**100, -2**100, True:
        show("crc32", data, start)
        show("crc_hqx", data, start)
    show("crc32", data)
for arguments in (), ("a",), (b"", "x"), (b"", 1, 2), (b"a", 1.5), ("a", 1):
    show("crc32", *arguments)
    show("crc_hqx", *arguments)
show("crc32", b"a", crc=1)
data = bytes(number * number % 256 for number in range(1000))
print(binascii.crc32(data), binascii.crc32(data[300:], binascii.crc32(data[:300])))
print(binascii.crc_hqx(data, 0), binascii.crc_hqx(data[300:], binascii.crc_hqx(data[:300], 0)))
