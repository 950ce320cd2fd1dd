class Meta(type):
    def __new__(mcls, name, bases, namespace, **kwargs):
        print(
            "new",
            name,
            [b.__name__ for b in bases],
            sorted(k for k in namespace if not k.startswith("__")),
            kwargs,
        )
        namespace["added"] = "by meta"
        return super().__new__(mcls, name, bases, namespace)

    def __init__(cls, name, bases, namespace, **kwargs):
        super().__init__(name, bases, namespace)
        cls.order = getattr(cls, "order", 0) + 1

    @classmethod
    def __prepare__(mcls, name, bases, **kwargs):
        return {"prepared": True}

    def class_method(cls):
        return f"on {cls.__name__}"

    def __repr__(cls):
        return f"<Meta {cls.__name__}>"

    def __len__(cls):
        return 42

    def __contains__(cls, x):
        return x == 1

    def __iter__(cls):
        return iter(["i1", "i2"])

    @property
    def meta_prop(cls):
        return "mp"


class A(metaclass=Meta, flag=1):
    x = 1


class B(A):
    def f(self):
        pass


print(
    A.added,
    A.prepared,
    A.order,
    B.order,
    A,
    B,
    type(B) is Meta,
    B.class_method(),
    len(A),
    1 in A,
    list(A),
    A.meta_prop,
    isinstance(A, Meta),
)
for f in (lambda: B().class_method(), lambda: len(B()), lambda: B().meta_prop):
    try:
        f()
    except (AttributeError, TypeError) as error:
        print(type(error).__name__, error)
T = type("T", (A,), {"y": 2, "get": lambda self: self.y})
print(T().get(), T.__name__, type(T) is Meta)
U = type("U", (), {})
print(U().__class__, type(U), type(type), type(5), type(None), type(type(5)) is type)


class Singleton(type):
    instances = {}

    def __call__(cls, *args):
        if cls not in cls.instances:
            cls.instances[cls] = super().__call__(*args)
        return cls.instances[cls]


class S(metaclass=Singleton):
    pass


print(S() is S())


class OtherMeta(type):
    pass


try:

    class Conflict(A, metaclass=OtherMeta):
        pass
except TypeError as error:
    print(error)
