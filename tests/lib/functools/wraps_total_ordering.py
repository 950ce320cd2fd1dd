from functools import cmp_to_key, singledispatch, total_ordering, wraps


def log(f):
    """log's doc"""

    @wraps(f)
    def wrapper(*args, **kwargs):
        """wrapper's doc"""
        print("calling", f.__name__)
        return f(*args, **kwargs)

    return wrapper


@log
def hello(name):
    """hello's doc"""
    return f"hello {name}"


print(hello("x"), hello.__name__, hello.__doc__, hello.__wrapped__("y"), hello.__qualname__)


@total_ordering
class Student:
    def __init__(self, grade):
        self.grade = grade

    def __eq__(self, other):
        return self.grade == other.grade

    def __lt__(self, other):
        return self.grade < other.grade


a, b = Student(1), Student(2)
print(a < b, a <= b, a > b, a >= b, a == b, a != b, a <= Student(1), max(a, b) is b)
print(
    sorted([3, 1, 2], key=cmp_to_key(lambda x, y: y - x)),
    sorted(["bb", "a", "cc"], key=cmp_to_key(lambda x, y: (len(x) > len(y)) - (len(x) < len(y)))),
)


@singledispatch
def describe(x):
    return f"something {x}"


@describe.register
def _(x: int):
    return f"int {x}"


@describe.register(str)
def _(x):
    return f"str {x}"


@describe.register(list)
def describe_list(x):
    return f"list of {len(x)}"


print(describe(5), describe("s"), describe([1, 2]), describe(2.5), describe(True), describe_list([1]))
