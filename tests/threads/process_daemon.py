"""A daemonic process is ended with its parent, so it may not have children."""
from multiprocessing import Process


def grandchild():
    print("grandchild")


def child():
    p = Process(target=grandchild)
    try:
        p.start()
        p.join()
    except AssertionError as error:
        print(error)


if __name__ == "__main__":
    for daemon in (False, True):
        p = Process(target=child, daemon=daemon)
        p.start()
        p.join()
        print(p.daemon, p.exitcode)
