"""The other end of a pipe is at its end when no process holds it any more, however the last one ended."""
import os
import time
from multiprocessing import Pipe, Process


def say_and(connection, how):
    connection.send("here")
    if how == "sleep":
        time.sleep(60)
    elif how == "exit":
        os._exit(3)
    elif how == "kill":
        os.kill(os.getpid(), 9)


def main():
    for how in ("return", "exit", "kill", "sleep"):
        here, there = Pipe()
        p = Process(target=say_and, args=(there, how))
        p.start()
        there.close()
        print(how, here.recv())
        if how == "sleep":
            p.kill()
        print(here.poll(30))
        try:
            print(here.recv())
        except EOFError:
            print("EOFError")
        try:
            here.send(1)
        except BrokenPipeError as error:
            print(error)
        p.join()
        print(p.exitcode)
    # What was sent before is still read.
    receiver, sender = Pipe(duplex=False)
    p = Process(target=say_and, args=(sender, "kill"))
    p.start()
    sender.close()
    p.join()
    print(receiver.recv())
    try:
        receiver.recv()
    except EOFError:
        print("EOFError")


if __name__ == "__main__":
    main()
