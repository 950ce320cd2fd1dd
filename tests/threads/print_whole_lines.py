import threading


def work():
    for _ in range(30):
        print("x" * 60 + "\n", end="")


if __name__ == "__main__":
    threads = [threading.Thread(target=work) for _ in range(3)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
