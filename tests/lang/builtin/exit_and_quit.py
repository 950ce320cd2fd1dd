import sys

print(repr(exit), repr(quit), exit, exit.__class__, exit.name, exit.eof)
try:
    exit(1, 2)
except TypeError as e:
    print(e)
try:
    quit(code=5)
except SystemExit as e:
    print(e.code, e.args)
try:
    quit()
except SystemExit as e:
    print(e.code, e.args)
print(sys.stdin.closed)
