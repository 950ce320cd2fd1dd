# What a bound method lacks it takes from its function, computed attributes too.
import functools


class C:
    def plain(self, a: int, *, b: str = "x") -> None:
        """Text."""

    @classmethod
    def of_class(cls, a=3):
        pass


C.plain.extra = 5
for method in (C().plain, C.of_class):
    print(method.__name__, method.__qualname__, method.__doc__, method.__module__)
    print(method.__annotations__, method.__defaults__, method.__kwdefaults__, method.__type_params__)
    print(callable(method.__annotate__), method.__code__.co_name, method.__closure__, method.__dict__.get('extra'))
print(C().plain.extra)
wrapped = functools.wraps(C().plain)(lambda *args: None)
print(wrapped.__name__, wrapped.__annotations__, wrapped.extra)
