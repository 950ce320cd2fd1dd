# Only `%%` is a percent sign: one behind flags or a width is a format character like any other. Errors of bytes formatting.
def show(template, values):
    try:
        print(repr(template % values))
    except Exception as error:
        print(type(error).__name__, error)


for template in ("%%", "%5%", "% %", "%.2%", "%l%", "%(a)%", "%5%%s", "100%% %s"):
    for values in ((), (1,), {"a": 1}):
        show(template, values)
        show(template.encode(), values)
for value in ("1", b"1", 1j, None, 2.5):
    show(b"%g", value)
    show("%g", value)
for value in (b"Za", bytearray(b"Za"), "Za", b"", b"Z", 3.1, None):
    show(b"%c", value)
