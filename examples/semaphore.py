"""A semaphore: six cars, two parking places.

A semaphore is a counter that threads wait for: `acquire` takes one and waits while there is none,
`release` gives it back. Each car reports when it has parked and before it leaves; counting the
reports shows that there were never more cars than places.
"""

import queue
import threading
import time

CARS = 6
PLACES = 2


def park(car, places, reports):
    with places:
        reports.put((car, "parks"))
        time.sleep(0.01)
        reports.put((car, "leaves"))


def main():
    places = threading.Semaphore(PLACES)
    reports = queue.Queue()
    cars = [threading.Thread(target=park, args=(car, places, reports)) for car in range(CARS)]
    for car in cars:
        car.start()
    for car in cars:
        car.join()

    parked = 0
    most = 0
    seen = set()
    for _ in range(2 * CARS):
        car, what = reports.get()
        seen.add(car)
        parked += 1 if what == "parks" else -1
        most = max(most, parked)
    print(f"{len(seen)} cars came, {parked} are still there")
    print(f"never more than {PLACES} at a time: {most <= PLACES}")


if __name__ == "__main__":
    main()
