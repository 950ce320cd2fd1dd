# args: first --flag=x 3 four
import sys

print(sys.argv, len(sys.argv), sys.argv[1:], int(sys.argv[3]) + 1)
