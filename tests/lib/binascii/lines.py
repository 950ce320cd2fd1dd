# Uuencoded and quoted-printable lines.
import binascii
from _show import show

for data in b"", b"a", b"abc", b"abcd", b"x" * 45, b"x" * 46, b"\0\0\0", "a", b"\0\0":
    show("b2a_uu", data)
    show("b2a_uu", data, backtick=True)
show("b2a_uu")
show("b2a_uu", b"a", True)
for line in [
    b"", b" \n", b"`\n", b"!80  \n", b"#86)C\n", b"#86)C", "#86)C", b"$86)C9   \n", b"#86)", b"#86)Cx", b"#86)C x",
    b"#86)C  \n", b"\x7f", b"#\xff", b"#86)C\0", b'"', b"M", b'"\n', b"!", b"!8", b"!80", b"#8\n", b"#86)C`\n", b" ", b"`", b"a",
    "é", 1, b"#86)C`x", b"#8a", b"\x1f", b"#8\r6)C",
]:
    show("a2b_uu", line)
show("a2b_uu")

for text in [
    b"", b"=41", b"=4", b"=", b"==", b"=\n", b"=\r\nx", b"a=\nb", b"=zz", b"a_b", b"=e9", b"=E9x", b"abc=", b"=\rab", b"=\r",
    b"=\r\n", b"= \nx", b"=4x", b"====", b"=4 ", b"a  \n", b"==41", "a=41", "é", 1, b"=AX", b"=X4",
]:
    show("a2b_qp", text)
    show("a2b_qp", text, True)
show("a2b_qp")
show("a2b_qp", data=b"=41", header=True)
show("a2b_qp", b"", 1, 2)
for data in [
    b"", b"a", b"a=b", b"a b", b"a ", b"a \n", b"a\t\n", b"a_b", b".", b".\n", b"\n.\n", b"..", b".a", b"\xff", b"a\r\nb",
    b"a\rb", b"a\nb\r\n", b"x" * 75, b"x" * 76, b"x" * 77, b"x" * 76 + b"\n", b"x" * 75 + b"=", b"x" * 74 + b"=",
    b"x" * 73 + b"=", b"\xff" * 30, b"a \r\n", b"\t", b" ", b"a\0b", b"\x7f", b"x" * 75 + b" ", b"x" * 75 + b"\n",
    b"x" * 100 + b"\r\n" + b"y" * 80, b"From x", b"\n", b"\r", b"\r\n", b"a\r", b" \r", b"x" * 74 + b" \n", b"x" * 75 + b".",
    b"x" * 76 + b".", b"x" * 75 + b".\n", bytes(range(128)), "a", 1, b"_" * 40, b" " * 80, b".\0",
]:
    for named in [
        {}, {"quotetabs": True}, {"istext": False}, {"header": True}, {"quotetabs": True, "header": True},
        {"istext": False, "header": True},
    ]:
        show("b2a_qp", data, **named)
show("b2a_qp")
show("b2a_qp", b"a", True, False, True)
show("b2a_qp", b"a", 1, 1, 1, 1)
for size in range(256):
    data = bytes((number * size + number) % 256 for number in range(size))
    assert binascii.a2b_qp(binascii.b2a_qp(data, istext=False)) == data
    assert size > 45 or binascii.a2b_uu(binascii.b2a_uu(data)) == data
