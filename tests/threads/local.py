import queue
import threading


def work(local, n, out):
    before = hasattr(local, "value")
    local.value = n
    out.put((n, before, local.value))


def main():
    local = threading.local()
    local.value = "main"
    out = queue.Queue()
    threads = [threading.Thread(target=work, args=(local, n, out)) for n in range(3)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    print(sorted(out.get() for _ in threads), local.value)
    del local.value
    try:
        local.value
    except AttributeError as error:
        print(error)


if __name__ == "__main__":
    main()
