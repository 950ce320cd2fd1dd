def swallow():
    try:
        raise ValueError("lost")
    finally:
        return "finally wins"


def override():
    try:
        return "try"
    finally:
        return "finally"


def break_swallows():
    while True:
        try:
            raise KeyError("lost")
        finally:
            break
    return "after break"


def continue_swallows():
    seen = []
    for i in range(3):
        try:
            seen.append(i)
            1 / 0
        finally:
            continue
    return seen


print(swallow(), override(), break_swallows(), continue_swallows())
