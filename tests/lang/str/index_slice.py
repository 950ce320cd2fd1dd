s = "hello world"
print(
    s[0],
    s[-1],
    s[4],
    s[-11],
    s[2:5],
    s[:5],
    s[6:],
    s[-5:],
    s[:-6],
    s[::2],
    s[::-1],
    s[8:2:-1],
    s[100:],
    s[-100:3],
    s[3:3],
    s[5:2],
)
print("日本語テキスト"[2], "日本語テキスト"[1:4], "日本語"[::-1], "a😀b"[1], "a😀b"[::-1])
print(s[slice(1, 4)], s[True], s[1:None], s[None:2])
for f in (
    lambda: s[11],
    lambda: s[-12],
    lambda: ""[0],
    lambda: s["a"],
    lambda: s[1.0],
    lambda: s[None],
    lambda: s[::0],
    lambda: s["a":],
):
    try:
        f()
    except Exception as error:
        print(type(error).__name__, error)
try:
    s[0] = "j"
except TypeError as error:
    print(error)
try:
    del s[0]
except TypeError as error:
    print(error)
