# Strings with halves of surrogate pairs: made, shown, compared, encoded, matched, and as file names.
import json
import os
import re
import tempfile

text = "a\udc80b\ud800"
print(ascii(text), len(text), [hex(ord(c)) for c in text], text[1] == chr(0xDC80), text.isprintable())
print(repr("\ud83d\ude00"), len("\ud83d\ude00"), "\ud83d\ude00" == "\U0001f600")
for encoding in ("utf-8", "utf-16-le", "utf-32-be", "ascii", "latin-1"):
    for errors in ("strict", "surrogateescape", "surrogatepass", "ignore", "replace", "backslashreplace", "xmlcharrefreplace"):
        try:
            print(encoding, errors, text.encode(encoding, errors))
        except UnicodeEncodeError as error:
            print(encoding, errors, error)
print(ascii(b"a\xff\xfeb".decode("utf-8", "surrogateescape")), ascii(b"\x80".decode("ascii", "surrogateescape")))
print(ascii(b"\xed\xa0\x80".decode("utf-8", "surrogatepass")), ascii(b"\x00\xd8".decode("utf-16-le", "surrogatepass")))
print(json.dumps(text), ascii(json.loads('"\\ud800x\\ud83d\\ude00"')))
print(ascii(re.findall("[\ud800-\udfff]", text)), re.sub("\udc80", "-", text) == "a-b\ud800")
print(ascii(f"{text!r:>14}"), hash(text) == hash("a\udc80" + "b\ud800"), {text: 1}["a\udc80b\ud800"])
with tempfile.TemporaryDirectory() as folder:
    name = os.fsdecode(b"n\xe9")
    with open(os.path.join(folder, name), "w") as file:
        file.write("x")
    print(ascii(os.listdir(folder)), os.listdir(os.fsencode(folder)), os.path.exists(os.path.join(folder, name)))
try:
    print(text)
except UnicodeEncodeError as error:
    print(error.reason)
