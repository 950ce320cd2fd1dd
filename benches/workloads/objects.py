"""Attributes and methods: particles in a box."""


class Vector:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def add(self, other):
        return Vector(self.x + other.x, self.y + other.y)


class Particle:
    bounces = 0

    def __init__(self, position, speed):
        self.position = position
        self.speed = speed

    def move(self):
        self.position = self.position.add(self.speed)
        if not 0 <= self.position.x <= 1000:
            self.speed.x = -self.speed.x
            self.bounce()
        if not 0 <= self.position.y <= 1000:
            self.speed.y = -self.speed.y
            self.bounce()

    def bounce(self):
        self.bounces += 1


particles = [Particle(Vector(i * 10, i * 7), Vector(i % 7 - 3, i % 5 - 2)) for i in range(100)]
for _ in range(20_000):
    for particle in particles:
        particle.move()
print(sum(p.bounces for p in particles), particles[42].position.x, particles[42].position.y)
