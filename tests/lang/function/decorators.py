def shout(f):
    def wrapper(*args, **kwargs):
        return f(*args, **kwargs).upper() + "!"

    return wrapper


def repeat(times):
    def decorate(f):
        def wrapper(*args):
            return [f(*args) for _ in range(times)]

        return wrapper

    return decorate


@shout
def greet(name):
    return f"hello {name}"


@repeat(2)
@shout
def bye(name):
    return f"bye {name}"


print(greet("bo"), bye("al"))
registry = {}


def register(name):
    print("evaluating decorator", name)

    def decorate(f):
        print("decorating", name)
        registry[name] = f
        return f

    return decorate


@register("first")
@register("second")
def g():
    return "g"


print(sorted(registry), g())


class CountCalls:
    def __init__(self, f):
        self.f = f
        self.n = 0

    def __call__(self, *args):
        self.n += 1
        return self.f(*args)


@CountCalls
def square(x):
    return x * x


print(square(3), square(4), square.n)


def add_method(cls):
    cls.extra = lambda self: "extra"
    return cls


@add_method
class C:
    pass


print(C().extra())


@lambda f: "replaced"
def h():
    pass


print(h)
decorators = [shout]


@decorators[0]
def indexed():
    return "indexed"


print(indexed())
