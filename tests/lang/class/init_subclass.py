class Plugin:
    registry = {}

    def __init_subclass__(cls, /, name=None, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.registry[name or cls.__name__] = cls
        print("registered", cls.__name__, name)


class A(Plugin):
    pass


class B(Plugin, name="bee"):
    pass


class C(B):
    pass


print(sorted(Plugin.registry), A.registry is Plugin.registry)
try:

    class D(object, flag=True):
        pass
except TypeError as error:
    print(error)


class Items:
    def __class_getitem__(cls, key):
        return f"{cls.__name__}[{key}]"


print(Items[int], Items["x", 1])
try:
    Plugin[int]
except TypeError as error:
    print(error)
print(
    list[int],
    dict[str, int],
    isinstance([], list),
    tuple[int, ...],
    type(list[int]).__name__,
    int | str,
    int | None,
)
print(
    isinstance(5, int | str),
    isinstance(None, int | None),
    isinstance("x", int | float),
    issubclass(bool, int | str),
)
