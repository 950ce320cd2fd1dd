# A background thread watches whether the main thread still lives.
import threading
import time


def watch():
    while threading.main_thread().is_alive():
        time.sleep(0.02)
    print("watcher ends", flush=True)


if __name__ == "__main__":
    m = threading.main_thread()
    print(m.is_alive(), m.name, m.daemon, m is threading.current_thread(), m.ident == threading.get_ident())
    threading.Thread(target=watch).start()
    time.sleep(0.1)
    print("end of main", flush=True)
