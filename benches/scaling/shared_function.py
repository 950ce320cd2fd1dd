"""Threads that all call one function, and one closure over one cell."""

import team


def step(value):
    return value + 1


def adder(amount):
    return lambda value: value + amount


add = adder(2)


def work(rounds):
    done = 0
    for _ in range(rounds):
        done = add(step(done)) - 2
    return done


team.run(work, 64_000_000)
