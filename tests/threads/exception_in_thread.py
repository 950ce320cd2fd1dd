import threading


def fail(x):
    raise ValueError(f"failed with {x}")


if __name__ == "__main__":
    t = threading.Thread(target=fail, args=(5,), name="failing")
    t.start()
    t.join()
    print("main continues", t.is_alive())
