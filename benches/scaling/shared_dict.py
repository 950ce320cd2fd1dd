"""Threads that all read one dict."""

import team

TABLE = {f"key{i}": i for i in range(100)}
KEYS = list(TABLE)


def work(rounds):
    table = TABLE
    keys = tuple(KEYS)
    done = 0
    for _ in range(rounds):
        for key in keys:
            done += table[key]
    return done


team.run(work, 1_200_000)
