import sys

for code in (None, 0, 1, True, "text", 256, -1, 2.5, (1, 2)):
    try:
        sys.exit(code)
    except SystemExit as e:
        print(repr(e.code), e.args)
try:
    raise SystemExit
except SystemExit as e:
    print(e.code)
try:
    exit(4)
except SystemExit as e:
    print(e.code)
try:
    sys.exit(1, 2)
except TypeError as e:
    print(e)
raise SystemExit(7)
