"""Exceptions: raised, caught, passed through frames and `finally`."""


class Refused(Exception):
    def __init__(self, value):
        super().__init__(value)
        self.value = value


def check(value):
    if value % 3 == 0:
        raise Refused(value)
    return value


def guarded(value, log):
    try:
        return check(value)
    finally:
        log[0] += 1


def run(n):
    log = [0]
    refused = 0
    missing = 0
    table = {1: 1}
    for value in range(n):
        try:
            guarded(value, log)
        except Refused as error:
            refused += error.value & 1
        try:
            table[value]
        except KeyError:
            missing += 1
    return log[0], refused, missing


print(run(1_000_000))
