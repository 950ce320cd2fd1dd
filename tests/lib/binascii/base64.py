# Base64: what decoding passes over, and what the strict mode refuses.
import binascii
from _show import show

for text in [
    b"", b"YQ==", b"YQ=", b"YQ", b"Y", b"YWI=", b"YWI", b"YWJj", b"YWJjZ", "YWJj", "é", b"Y Q = =", b"YQ==YQ==", b"=", b"==",
    b"====", b"YQ==\n", b"\nYQ==", b"YQ=\n=", b"Y=Q=", b"YWJj=", b"YWJj====", b"YWJjYQ==x", b"YW!J@j", b"YQ===", b"A",
    b"AAAAA", b"AAAAA=", b"AAAAAA=", b"AB==", b"AAB=", b"=YQ==", b"YQ==YWJj", b"Y===", b"YR==", b"YWJj\xff", b"YQ= =",
    b"YQ=a", b"YQ=a=", b"a=b==", b"a==b", b"ab=c=", b"\n=", b"YQ=\n", b"Y=", b"YWI=Y", b"YWI==", b"+/+/", b"-_-_", b"====YQ==",
    b"A=A=A=A=", 1, None, bytearray(b"YQ=="), memoryview(b"YQ=="),
]:
    show("a2b_base64", text)
    show("a2b_base64", text, strict_mode=True)
show("a2b_base64")
show("a2b_base64", b"", True)
show("a2b_base64", b"\n", strict_mode=2)
show("a2b_base64", b"YQ==", alphabet=1)
for data in b"", b"a", b"ab", b"abc", b"abcd", bytes(range(0, 256, 3)), "a", 1, bytearray(b"ab"), memoryview(b"abc"):
    show("b2a_base64", data)
    show("b2a_base64", data, newline=False)
show("b2a_base64")
show("b2a_base64", b"a", False)
show("b2a_base64", b"a", newline=[])
show("b2a_base64", b"a", wrapcol=4)
for size in range(300):
    data = bytes(number * number % 256 for number in range(size))
    assert binascii.a2b_base64(binascii.b2a_base64(data), strict_mode=False) == data
    assert binascii.a2b_base64(binascii.b2a_base64(data, newline=False), strict_mode=True) == data
