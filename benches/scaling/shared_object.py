"""Threads that all read attributes and call methods of one object."""

import team


class Settings:
    scale = 3

    def __init__(self):
        self.offset = 4

    def apply(self, value):
        return value * self.scale + self.offset


SETTINGS = Settings()


def work(rounds):
    settings = SETTINGS
    done = 0
    for i in range(rounds):
        done += settings.apply(i & 7) + settings.offset
    return done


team.run(work, 72_000_000)
