import sys


def main():
    print("before")
    sys.exit(3)


main()
print("never")
