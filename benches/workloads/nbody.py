"""The motion of the planets: floats in lists, from the benchmarks game's problem."""

import math

YEAR = 365.24
SUN_MASS = 4 * math.pi * math.pi

# Position, velocity (per year), mass: the Sun, Jupiter, Saturn, Uranus, Neptune.
BODIES = [
    [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, SUN_MASS],
    [
        4.84143144246472090, -1.16032004402742839, -0.10362204447112311,
        0.00166007664274403694 * YEAR, 0.00769901118419740425 * YEAR, -0.0000690460016972063023 * YEAR,
        0.000954791938424326609 * SUN_MASS,
    ],
    [
        8.34336671824457987, 4.12479856412430479, -0.403523417114321381,
        -0.00276742510726411153 * YEAR, 0.00499852801234917238 * YEAR, 0.0000230417297573763929 * YEAR,
        0.000285885980666130812 * SUN_MASS,
    ],
    [
        12.8943695621391310, -15.1111514016986312, -0.223307578892655734,
        0.00296460137564761618 * YEAR, 0.00237847173959480950 * YEAR, -0.0000296589568540237556 * YEAR,
        0.0000436624404335156298 * SUN_MASS,
    ],
    [
        15.3796971148509165, -25.9193146099879641, 0.179258772950371181,
        0.00268067772490389322 * YEAR, 0.00162824170038242295 * YEAR, -0.0000951592254519715870 * YEAR,
        0.0000515138902046611451 * SUN_MASS,
    ],
]


def advance(bodies, pairs, dt):
    for a, b in pairs:
        dx = a[0] - b[0]
        dy = a[1] - b[1]
        dz = a[2] - b[2]
        distance = dx * dx + dy * dy + dz * dz
        magnitude = dt / (distance * math.sqrt(distance))
        mass_a = a[6] * magnitude
        mass_b = b[6] * magnitude
        a[3] -= dx * mass_b
        a[4] -= dy * mass_b
        a[5] -= dz * mass_b
        b[3] += dx * mass_a
        b[4] += dy * mass_a
        b[5] += dz * mass_a
    for body in bodies:
        body[0] += dt * body[3]
        body[1] += dt * body[4]
        body[2] += dt * body[5]


def energy(bodies, pairs):
    total = 0.0
    for a, b in pairs:
        dx = a[0] - b[0]
        dy = a[1] - b[1]
        dz = a[2] - b[2]
        total -= a[6] * b[6] / math.sqrt(dx * dx + dy * dy + dz * dz)
    for body in bodies:
        total += 0.5 * body[6] * (body[3] * body[3] + body[4] * body[4] + body[5] * body[5])
    return total


def main(steps):
    pairs = [(BODIES[i], BODIES[j]) for i in range(len(BODIES)) for j in range(i + 1, len(BODIES))]
    for axis in 3, 4, 5:
        BODIES[0][axis] = -sum(body[axis] * body[6] for body in BODIES) / SUN_MASS
    print(f"{energy(BODIES, pairs):.9f}")
    for _ in range(steps):
        advance(BODIES, pairs, 0.01)
    print(f"{energy(BODIES, pairs):.9f}")


main(100_000)
