# `_random.Random`: what `random.Random` of CPython's library derives from.
from _random import Random


def show(function, *arguments, **named):
    try:
        result = function(*arguments, **named)
        print(arguments, named, type(result) if isinstance(result, Random) else result)
    except Exception as error:
        print(arguments, named, type(error).__name__, error)


print(Random, [name for name in dir(Random) if not name.startswith("_")])
for arguments in (), (1, 2), ([],), ("a",), (b"a",), (1.5,), (None,):
    show(Random, *arguments)
show(Random, x=1)

one = Random(42)
print(one.random(), one.getrandbits(5), one.getrandbits(100), one.getrandbits(0), one.getrandbits(64), one.getrandbits(33))
for arguments in (-1,), ("a",), (), (1.5,), (2**70,), (-2**70,), (True,), (2**62,):
    show(one.getrandbits, *arguments)
for seed in 0, 1, -1, 5, -5, 2**40, 2**64, -2**70, True, 1.5, -2.5, 2**5000:
    one.seed(seed)
    print(one.random())
for arguments in (1, 2), ([],):
    show(one.seed, *arguments)
show(one.seed, n=1)
show(one.random, 1)


class Number(int):
    def __hash__(self):
        return 5


class Hashed:
    def __hash__(self):
        return -77


for seed in Number(9), Hashed():
    one.seed(seed)
    print(one.random())

one.seed(7)
state = one.getstate()
print(type(state), len(state), state[:3], state[-1], hash(state))
numbers = [one.random() for _ in range(700)]
one.setstate(state)
print(numbers == [one.random() for _ in range(700)], one.getstate()[-1])
for state in [
    (), [1] * 625, (1,) * 624, (1,) * 625, (1.5,) * 625, ("a",) * 625, (2**32,) * 625, (-1,) * 625, (0,) * 624 + (625,),
    (0,) * 624 + (-1,), (0,) * 624 + (2**70,), (2**70,) * 625, (2**33 + 7,) * 624 + (0,), 1, None,
]:
    try:
        one.setstate(state)
        print(one.random(), one.getstate()[:2])
    except Exception as error:
        print(type(error).__name__, error)


class Derived(Random):
    pass


class Own(Random):
    def __init__(self, *arguments, **named):
        super().__init__(5)


show(Derived, 1)
show(Derived, x=1)
show(Derived, 1, 2)
print(Own(1, a=2).random() == Random(5).random() != Random(1).random())
print(Random().random() != Random().random(), 0 <= Random(None).random() < 1)
