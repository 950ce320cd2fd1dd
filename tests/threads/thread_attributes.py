import threading


def work():
    pass


if __name__ == "__main__":
    t = threading.Thread(target=work)
    named = threading.Thread(target=work, name="worker", daemon=True)
    print(t.name, named.name, t.daemon, named.daemon, t.is_alive(), t.ident)
    t.start()
    t.join()
    print(
        t.is_alive(),
        t.ident is not None,
        threading.current_thread().name,
        threading.main_thread() is threading.current_thread(),
    )
    t.name = "renamed"
    print(
        t.name,
        threading.active_count(),
        [x.name for x in threading.enumerate()],
        threading.get_ident() == threading.current_thread().ident,
    )
    print(t.join(), threading.Thread().run(), threading.Thread(None, work, "third", ()).name)
    for f in (
        t.start,
        threading.Thread().join,
        lambda: threading.Thread(5),
        lambda: threading.Thread(target=work, foo=1),
        threading.current_thread().join,
    ):
        try:
            f()
        except (AssertionError, RuntimeError, TypeError) as error:
            print(type(error).__name__, error)
