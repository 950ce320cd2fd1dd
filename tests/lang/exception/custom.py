class AppError(Exception):
    """Base."""


class NotFound(AppError):
    def __init__(self, name, code=404):
        super().__init__(f"{name} not found")
        self.name = name
        self.code = code


class Silent(AppError):
    def __str__(self):
        return "custom str"


class NoSuper(AppError):
    def __init__(self, a, b):
        self.a = a


try:
    raise NotFound("page")
except AppError as error:
    print(error, error.name, error.code, error.args, repr(error))
try:
    raise Silent("hidden")
except AppError as error:
    print(error, repr(error), error.args)
print(
    repr(NoSuper(1, 2)),
    NoSuper(1, 2),
    AppError("a", "b"),
    AppError(),
    repr(AppError("one")),
    AppError(5).args,
)
for cls in (NotFound, Silent):
    print(cls.__name__, [c.__name__ for c in cls.__mro__])


class Multi(KeyError, AppError):
    pass


try:
    raise Multi("both")
except AppError as error:
    print(error, isinstance(error, LookupError))
try:
    raise NotFound
except TypeError as error:
    print(error)


class Validator:
    class Error(ValueError):
        pass

    def check(self, x):
        if x < 0:
            raise self.Error(f"bad {x}")
        return x


try:
    Validator().check(-1)
except Validator.Error as error:
    print(type(error).__qualname__, error)
e = ValueError("with note")
e.add_note("note 1")
e.extra = "attribute"
print(e.__notes__, e.extra, e.with_traceback(None) is e, e.__traceback__, e.__class__)
