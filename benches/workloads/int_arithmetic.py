"""Int arithmetic: a linear congruential generator, its bits mixed and counted."""


def mix(rounds):
    state = 12345
    total = 0
    for i in range(rounds):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        total += (state >> 7) ^ (i % 13) | (state & 0xFF)
        if total > 1_000_000_000:
            total //= 3
    return total


print(mix(4_000_000))
