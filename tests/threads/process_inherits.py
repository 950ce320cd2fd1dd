"""A process finds everything as its parent has it at the moment of the start."""
import os
import sys
from multiprocessing import Process, Queue, set_start_method


def show(queue):
    queue.put((os.environ.get("ADDED"), os.environ.get("KEPT"), os.getcwd(), sys.argv[1:]))


def ask(queue):
    p = Process(target=show, args=(queue,))
    p.start()
    answer = queue.get()
    p.join()
    return answer


def main():
    queue = Queue()
    here = os.getcwd()
    answer = ask(queue)
    print(answer[:2], answer[2] == here, answer[3])
    os.environ["ADDED"] = "1"
    print(ask(queue)[:2])
    os.chdir("/")
    print(ask(queue)[2])
    sys.argv.append("more")
    print(ask(queue)[3])
    del os.environ["ADDED"]
    print(ask(queue)[0])


if __name__ == "__main__":
    set_start_method("spawn")
    main()
