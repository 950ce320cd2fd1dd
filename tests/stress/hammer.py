# modes: gil none
# args: 1
"""Four threads hammer one list, dict, set, object and deque for as long as told.

    argil --lock none tests/stress/hammer.py SECONDS [THREADS]

Every value stored carries its own check (a number, its square, and a string of it), so that a torn
or stale value shows wherever it is read. Each thread also owns a range of keys and a sequence of
numbers that nobody else touches: what it put there must be there. At the end every append is
accounted for. Prints the same line however long it ran; a failed check ends the process.
"""

import os
import sys
import threading
import time
from collections import deque

KEYS = 64


class Cell:
    """The checked value: three views of one number that must agree."""

    def __init__(self, n):
        self.n = n
        self.parts = [n * n, str(n)]

    def check(self):
        square, text = self.parts
        if square != self.n * self.n or text != str(self.n):
            fail(f"torn value: {self.n} {self.parts}")
        return self.n


class Shared:
    def __init__(self):
        self.list = []
        self.dict = {}
        self.set = set()
        self.deque = deque()
        self.slots = [Cell(n) for n in range(KEYS)]
        self.cell = Cell(0)


def fail(message):
    sys.stderr.write(message + "\n")
    sys.stderr.flush()
    os._exit(1)


def expect(condition, message):
    if not condition:
        fail(message)


def hammer(shared, me, deadline, totals):
    appended, popped, passed_on = 0, 0, 0
    turn = 0
    while time.monotonic() < deadline:
        for _ in range(50):
            turn += 1
            key = turn % KEYS

            # The list: appends and pops of marked numbers, reads anywhere.
            shared.list.append((me, turn, me * turn))
            appended += 1
            if turn % 2:
                try:
                    owner, n, product = shared.list.pop()
                    expect(owner * n == product, "torn tuple in the list")
                    popped += 1
                except IndexError:
                    pass
            shared.slots[key] = Cell(turn)
            shared.slots[(key * 7) % KEYS].check()
            for cell in shared.slots[key : key + 3]:
                cell.check()

            # The dict: contested keys, and keys of this thread's own.
            shared.dict[key] = Cell(turn)
            shared.dict[me, key] = turn
            expect(shared.dict[me, key] == turn, "lost store in the dict")
            contested = shared.dict.get((key * 5) % KEYS)
            if contested is not None:
                contested.check()
            shared.dict.setdefault(("default", key), Cell(key)).check()
            if turn % 3 == 0:
                expect(shared.dict.pop((me, key)) == turn, "lost store before pop")

            # The set: a contested and an own element.
            shared.set.add(key)
            shared.set.add((me, key))
            expect((me, key) in shared.set, "lost addition to the set")
            if turn % 2:
                shared.set.discard((me, key))
                expect((me, key) not in shared.set, "element came back to the set")
            shared.set.discard((key * 3) % KEYS)

            # The object: a contested attribute, and attributes of this thread's own.
            shared.cell = Cell(turn)
            shared.cell.check()
            setattr(shared, f"own_{me}_{key}", turn)
            expect(getattr(shared, f"own_{me}_{key}") == turn, "lost attribute")
            if turn % 5 == 0:
                delattr(shared, f"own_{me}_{key}")

            # The deque: put in at one end, taken out at the other.
            shared.deque.append(Cell(turn))
            passed_on += 1
            if turn % 4:
                try:
                    shared.deque.popleft().check()
                    passed_on -= 1
                except IndexError:
                    pass
        if len(shared.list) > 20_000:
            for _ in range(10_000):
                try:
                    shared.list.pop()
                    popped += 1
                except IndexError:
                    break
        if len(shared.deque) > 20_000:
            for _ in range(10_000):
                try:
                    shared.deque.pop().check()
                    passed_on -= 1
                except IndexError:
                    break
    totals[me] = (appended - popped, passed_on)


def main():
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 4
    shared = Shared()
    totals = [None] * count
    deadline = time.monotonic() + seconds
    threads = [threading.Thread(target=hammer, args=(shared, n, deadline, totals)) for n in range(count)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    expect(None not in totals, "a thread ended early")
    expect(len(shared.list) == sum(left for left, _ in totals), "lost append to the list")
    expect(len(shared.deque) == sum(left for _, left in totals), "lost append to the deque")
    for owner, n, product in shared.list:
        expect(owner * n == product, "torn tuple left in the list")
    for cell in list(shared.dict.values()) + list(shared.deque) + shared.slots:
        if isinstance(cell, Cell):
            cell.check()
    print(f"{count} threads hammered one list, dict, set, object and deque: nothing lost, nothing torn")


if __name__ == "__main__":
    main()
