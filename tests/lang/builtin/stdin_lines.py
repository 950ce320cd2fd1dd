# stdin: first
# stdin: second
# stdin: third
# stdin: fourth
import sys

print(repr(sys.stdin.readline()))
for line in sys.stdin:
    print(repr(line))
    break
print(repr(sys.stdin.read()), repr(sys.stdin.read()), repr(sys.stdin.readline()))
