from functools import cache, cached_property, lru_cache

calls = 0


@cache
def fib(n):
    global calls
    calls += 1
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(80), calls, fib.cache_info(), fib.__name__, fib.__wrapped__(1))
fib.cache_clear()
print(fib.cache_info())


@lru_cache(maxsize=2)
def square(x):
    print("computing", x)
    return x * x


print(square(1), square(2), square(1), square(3), square(2), square.cache_info())


@lru_cache
def kw(a, b=2):
    return a + b


print(kw(1), kw(1, b=2), kw(a=1), kw.cache_info())


@lru_cache(maxsize=None, typed=True)
def typed(x):
    return type(x).__name__


print(typed(1), typed(1.0), typed(True), typed.cache_info(), typed.cache_parameters())
try:
    kw([])
except TypeError as error:
    print(error)


class C:
    def __init__(self):
        self.n = 0

    @cached_property
    def value(self):
        self.n += 1
        return f"computed {self.n}"

    @cache
    def method(self, x):
        self.n += 10
        return self.n


c = C()
print(c.value, c.value, c.__dict__, c.method(1), c.method(1))
del c.value
print(c.value)


@cache
def failing(x):
    raise ValueError(x)


for _ in range(2):
    try:
        failing(1)
    except ValueError as error:
        print(error, failing.cache_info().misses)
