import threading
import time


def work():
    time.sleep(0.1)
    print("the interpreter waits for threads that are not daemons")


if __name__ == "__main__":
    threading.Thread(target=work).start()
