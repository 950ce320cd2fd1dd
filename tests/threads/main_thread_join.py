# A background thread joins the main thread.
import threading
import time


def joins():
    time.sleep(0.2)
    threading.main_thread().join()
    print("joined", flush=True)


if __name__ == "__main__":
    m = threading.main_thread()
    print(m.is_alive(), m.name, m.daemon, m is threading.current_thread(), m.ident == threading.get_ident())
    threading.Thread(target=joins).start()
    time.sleep(0.1)
    print("end of main", flush=True)
