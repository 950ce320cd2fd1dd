# A process that is killed while it waits takes no notification with it.
import multiprocessing


def wait(name, condition, said):
    with condition:
        said.put(f"{name} waits")
        said.put(f"{name} {condition.wait(30)}")


if __name__ == "__main__":
    condition, said = multiprocessing.Condition(), multiprocessing.Queue()
    processes = []
    for name in ("first", "second", "third"):
        process = multiprocessing.Process(target=wait, args=(name, condition, said))
        process.start()
        processes.append(process)
        print(said.get())
        with condition:
            pass
    processes[0].kill()
    processes[0].join()
    for _ in range(2):
        with condition:
            condition.notify()
        print(said.get())
    for process in processes:
        process.join()
    print([process.exitcode for process in processes])
