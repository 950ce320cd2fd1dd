"""Threads that all read one list, by index and by iteration."""

import team

ITEMS = list(range(100))


def work(rounds):
    items = ITEMS
    done = 0
    for _ in range(rounds):
        for item in items:
            done += item
        for i in range(100):
            done += items[i]
    return done


team.run(work, 1_200_000)
