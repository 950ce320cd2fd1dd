"""Queens that don't attack each other: recursion, small ints and bit operations."""


def place(row, size, columns, rising, falling):
    """In how many ways the rows from `row` on can be filled."""
    if row == size:
        return 1
    found = 0
    free = ~(columns | rising | falling) & ((1 << size) - 1)
    while free:
        place_here = free & -free
        free ^= place_here
        found += place(row + 1, size, columns | place_here, (rising | place_here) << 1, (falling | place_here) >> 1)
    return found


print([place(0, size, 0, 0, 0) for size in range(1, 13)])
