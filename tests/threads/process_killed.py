import multiprocessing
import os
import time


def forever():
    while True:
        time.sleep(0.01)


def kills_itself():
    os.kill(os.getpid(), 9)


if __name__ == "__main__":
    p = multiprocessing.Process(target=forever)
    p.start()
    time.sleep(0.1)
    print(p.is_alive(), p.exitcode)
    p.terminate()
    p.join()
    print(p.exitcode, p.is_alive())
    p = multiprocessing.Process(target=forever)
    p.start()
    p.join(0.05)
    print(p.is_alive())
    p.kill()
    p.join(10)
    print(p.exitcode)
    p = multiprocessing.Process(target=kills_itself)
    p.start()
    p.join()
    print(p.exitcode)
