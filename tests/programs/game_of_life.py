"""Conway's life on a torus."""

GLIDER = [(1, 0), (2, 1), (0, 2), (1, 2), (2, 2)]


def step(alive, width, height):
    counts = {}
    for x, y in alive:
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                if dx or dy:
                    key = (x + dx) % width, (y + dy) % height
                    counts[key] = counts.get(key, 0) + 1
    return {cell for cell, n in counts.items() if n == 3 or n == 2 and cell in alive}


def show(alive, width, height):
    for y in range(height):
        print("".join("#" if (x, y) in alive else "." for x in range(width)))
    print()


alive = set(GLIDER)
for generation in range(5):
    print("generation", generation, "population", len(alive))
    show(alive, 8, 6)
    alive = step(alive, 8, 6)
for _ in range(8 * 6 * 4 * 3):
    alive = step(alive, 8, 6)
print(sorted(alive))
