"""An event: runners wait for the starting shot.

An event is a flag that threads can wait for. Until it is set, `wait` blocks (or gives up after a
timeout and says False); once it is set, everybody goes, and whoever comes later need not wait.
"""

import queue
import threading

RUNNERS = 3


def run(number, shot, messages):
    messages.put(f"runner {number} is ready")
    shot.wait()
    messages.put(f"runner {number} runs")


def main():
    shot = threading.Event()
    messages = queue.Queue()
    runners = [threading.Thread(target=run, args=(n, shot, messages)) for n in range(RUNNERS)]
    for runner in runners:
        runner.start()
    for message in sorted(messages.get() for _ in runners):
        print(message)

    print(f"shot heard while waiting 10 ms: {shot.wait(timeout=0.01)}, set: {shot.is_set()}")
    print(f"anybody running: {not messages.empty()}")
    shot.set()
    for message in sorted(messages.get() for _ in runners):
        print(message)
    for runner in runners:
        runner.join()
    print(f"set: {shot.is_set()}, and waiting is over at once: {shot.wait()}")


if __name__ == "__main__":
    main()
