def show(*args, **kwargs):
    print(args, sorted(kwargs.items()))


a, b = [1, 2], {"x": 1}
show(*a, **b)
show(0, *a, 3, *a, y=2, **b)
show(*(), **{})
show(*"ab", *range(2), *{"k": 1})
show(*(i * i for i in range(3)))
show(**{"a": 1}, b=2, **dict(c=3))
show(*a, *a, **{f"k{i}": i for i in range(3)})
print(*a, *[3], sep="-")
print([*a, 0, *a], (*a,), {*a}, {**b, **{"z": 1}}, [*"hi", *b])
print(max(*a, 5), min(*[3, 1, 2]), dict(**b, q=2), "{} {k}".format(*[1], **{"k": 2}))


class MappingLike:
    def keys(self):
        return ["m", "n"]

    def __getitem__(self, key):
        return key * 2


show(**MappingLike())
print({**MappingLike()}, dict(MappingLike()))


def order(*args, **kwargs):
    return args, kwargs


def say(x):
    print("eval", x)
    return x


order(say(1), *[say(2)], k=say(3), **{"l": say(4)})
