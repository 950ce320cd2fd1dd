import random

r = random.Random(99)
s = random.Random(99)
print([r.randint(1, 100) for _ in range(5)], [s.randint(1, 100) for _ in range(5)], r.random() == s.random())
state = r.getstate()
a = [r.random() for _ in range(3)]
r.setstate(state)
print(a == [r.random() for _ in range(3)], isinstance(r, random.Random), state[0], len(state[1]))
r.seed(5)
random.seed(5)
print(
    r.random() == random.random(), r.choice("abc"), r.sample(range(10), 3), r.gauss(0, 1), r.shuffle([1, 2])
)


class Loaded(random.Random):
    def roll(self):
        return self.randint(1, 6)


print(Loaded(3).roll(), Loaded(3).random() == random.Random(3).random())
x = random.Random()
y = random.Random()
print(0 <= x.random() < 1, x.random() != y.random())
random.seed(10)
random.gauss(0, 1)
random.seed(10)
print(random.gauss(0, 1) == random.Random(10).gauss(0, 1), 0 <= random.SystemRandom().random() < 1)
