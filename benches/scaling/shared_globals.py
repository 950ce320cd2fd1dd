"""Threads that all read the same module's globals."""

import team

SCALE = 3
OFFSET = 4


def work(rounds):
    done = 0
    for i in range(rounds):
        done += (i & 7) * SCALE + OFFSET
    return done


team.run(work, 200_000_000)
