import multiprocessing


def outer():
    raises(0)


def raises(x):
    return 1 / x


if __name__ == "__main__":
    p = multiprocessing.Process(target=outer)
    p.start()
    p.join()
    print(p.exitcode)
