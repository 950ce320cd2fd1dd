import sys
import threading


def leave():
    sys.exit(3)


if __name__ == "__main__":
    t = threading.Thread(target=leave)
    t.start()
    t.join()
    print("SystemExit ends only the thread")
