import threading
import time


def forever():
    while True:
        time.sleep(0.01)


if __name__ == "__main__":
    threading.Thread(target=forever, daemon=True).start()
    print("the interpreter does not wait for daemon threads")
