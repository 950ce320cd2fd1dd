"""Threads that share nothing: each works on its own lists, dicts and objects."""

import team


class Cell:
    def __init__(self, value):
        self.value = value


def work(rounds):
    done = 0
    for _ in range(rounds):
        cells = [Cell(i) for i in range(20)]
        table = {}
        for cell in cells:
            cell.value += 1
            table[cell.value] = cell
        done += len(table) + table[7].value
    return done


team.run(work, 1_500_000)
