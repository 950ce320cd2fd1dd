# stress: no, hundreds of thousands of polls
"""Writing at the end of a file in memory costs the same however long it is."""

import io

COUNT = 30_000
texts, data = io.StringIO(), io.BytesIO()
for i in range(COUNT):
    texts.write("line 😀\n")
    data.write(b"line\n")
print(texts.tell(), data.tell(), len(texts.getvalue()), len(data.getvalue()))
texts.seek(7 * (COUNT - 500))
data.seek(5 * (COUNT - 500))
print(sum(len(line) for line in texts), sum(len(line) for line in data))
texts.seek(5)
print(texts.write("abc"), texts.getvalue()[:12], texts.truncate(9), texts.getvalue())
texts.seek(12)
print(texts.write("x"), ascii(texts.getvalue()))
