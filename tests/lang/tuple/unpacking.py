a, b, c = "xyz"
print(a, b, c)
a, *b = [1, 2, 3]
print(a, b)
*a, b = (1, 2, 3)
print(a, b)
a, *b, c = range(5)
print(a, b, c)
a, *b, c = 1, 2
print(a, b, c)
(a, *b), *c = [[1, 2, 3], 4, 5]
print(a, b, c)
[a, [b, [c]]] = 1, [2, [3]]
print(a, b, c)
a, b = {"k": 1, "l": 2}
print(a, b)
a, b = (x for x in (1, 2))
print(a, b)
*a, = "ab"
print(a)
() = []
[*a] = ()
print(a)


class Sequence:
    def __iter__(self):
        yield 1
        yield 2


a, b = Sequence()
print(a, b)


def attempt(f):
    try:
        f()
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)


def too_few():
    a, b, c = 1, 2


def too_many():
    a, b = [1, 2, 3]


def too_many_iterator():
    a, b = iter("abcd")


def star_too_few():
    a, *b, c = [1]


def not_iterable():
    a, b = 5


def none():
    a, b = None


def empty():
    a, = ()


def from_dict():
    a, b = {1: 2, 3: 4, 5: 6}


def star_not_iterable():
    a, *b = 7


def one_from_str():
    (a, b), c = "x", 1


for f in (too_few, too_many, too_many_iterator, star_too_few, not_iterable, none, empty, from_dict, star_not_iterable, one_from_str):
    attempt(f)
