def process(items):
    results = []
    for item in items:
        try:
            results.append(10 // item)
        except ZeroDivisionError:
            results.append("inf")
            continue
        except TypeError as error:
            results.append(f"skipped {type(item).__name__}")
        else:
            results.append("ok")
        finally:
            results.append("|")
    return results


print(process([1, 0, "x", 5]))


def first_valid(*values):
    for v in values:
        try:
            return int(v)
        except ValueError:
            pass
    raise LookupError("nothing valid")


print(first_valid("a", "b", "7"))
try:
    first_valid("x")
except LookupError as error:
    print(error, repr(error.__context__))


def retry(f, times):
    for attempt in range(1, times + 1):
        try:
            return f(attempt)
        except ValueError as error:
            print("attempt", attempt, error)
            last = error
    raise RuntimeError("gave up") from last


def flaky(n):
    if n < 3:
        raise ValueError(f"try {n}")
    return f"success at {n}"


print(retry(flaky, 5))
try:
    retry(flaky, 2)
except RuntimeError as error:
    print(error, "caused by", error.__cause__)
total = 0
for i in range(1000):
    try:
        if i % 7 == 0:
            raise ValueError(i)
        total += i
    except ValueError as error:
        total -= error.args[0]
print(total)


def name_is_deleted():
    error = "before"
    try:
        raise ValueError
    except ValueError as error:
        pass
    try:
        return error
    except UnboundLocalError as e:
        return str(e)


print(name_is_deleted())


def in_comprehension():
    def parse(x):
        try:
            return int(x)
        except ValueError:
            return None

    return [parse(x) for x in ("1", "z", "3")]


print(in_comprehension())


def depth(n):
    if n == 0:
        raise ValueError("deep")
    return depth(n - 1)


try:
    depth(50)
except ValueError as error:
    tb = error.__traceback__
    n = 0
    while tb:
        n += 1
        tb = tb.tb_next
    print(n, error)
