def wrap(f):
    def wrapper(*args):
        return f(*args)

    return wrapper


@wrap
def target(x):
    return x + "1"


target(1)
